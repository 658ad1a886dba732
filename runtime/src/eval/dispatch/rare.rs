//! The instructions that programs run seldom and that neither jump nor leave the frame, apart from the loop so that it
//! stays small.

use crate::compile::{Conversion, Opcode};
use crate::eval::cx::Cx;
use crate::eval::frame::Cursor;
use crate::eval::ops::binary::{self, Sign};
use crate::eval::ops::{attribute, iterate, subscript, text, truth};
use crate::eval::steps::{self};
use crate::eval::{Outcome, Raised, names};
use crate::refs::{Owned, Ref};
use crate::types::{TypeId, exception};

use crate::compile::Instruction;
use crate::eval::code::CodeRef;

/// Does one of them.
///
/// # Errors
/// What the instruction raises; SystemError for one that belongs to the loop.
pub(super) fn step(
    cx: &Cx,
    at: &mut Cursor,
    code: CodeRef,
    globals: Ref<'_>,
    instruction: Instruction,
) -> Outcome<()> {
    /// The name that an operand means.
    macro_rules! name {
        ($operand:expr) => {
            code.name_at($operand)
        };
    }
    /// The value of a result.
    macro_rules! check {
        ($result:expr) => {
            $result?
        };
    }
    /// Operands that were used.
    macro_rules! discard {
        ($count:expr) => {
            for _ in 0..$count {
                at.pop().discard(cx.ts);
            }
        };
    }
    /// So many values popped, one pushed.
    macro_rules! replace {
        ($count:expr, $result:expr) => {{
            let result = $result?;
            discard!($count);
            at.push(result);
        }};
    }
    /// The value of a result, pushed.
    macro_rules! push {
        ($result:expr) => {{
            let value = $result?;
            at.push(value);
        }};
    }
    /// So many values popped, none pushed.
    macro_rules! consume {
        ($count:expr, $result:expr) => {{
            let result = $result?;
            discard!($count);
            result
        }};
    }

    let operand = instruction.operand();
    match instruction.opcode() {
        Opcode::MakeCell => steps::make_cell(cx, at, operand),
        Opcode::StoreGlobal => {
            let value = at.pop().into_owned();
            check!(names::store_global(cx, globals, name!(operand), value));
        }
        Opcode::DeleteAttr => {
            consume!(1, attribute::set(cx, at.peek(1), name!(operand), None));
        }
        Opcode::DeleteSubscr => consume!(2, subscript::delete(cx, at.peek(2), at.peek(1))),
        Opcode::UnaryPositive => replace!(1, binary::unary(cx, Sign::Positive, at.peek(1))),
        Opcode::UnaryInvert => replace!(1, binary::unary(cx, Sign::Invert, at.peek(1))),
        Opcode::ListToTuple => {
            replace!(
                1,
                iterate::collect(cx, at.peek(1)).map(|items| cx.tuple(items))
            );
        }
        Opcode::BuildSlice => {
            replace!(operand, steps::build_slice(cx, at.values(operand as usize)));
        }
        Opcode::BuildMap => {
            replace!(
                2 * operand,
                steps::build_map(cx, at.values(2 * operand as usize))
            );
        }
        Opcode::BuildString => {
            replace!(
                operand,
                Ok::<_, Raised>(steps::join(cx, at.values(operand as usize)))
            );
        }
        Opcode::MapAdd => {
            let map = at.peek(operand as usize + 2);
            consume!(2, steps::map_add(cx, map, at.peek(2), at.peek(1)));
        }
        Opcode::FormatSimple => replace!(1, text::format_plain(cx, at.peek(1))),
        Opcode::FormatWithSpec => replace!(2, text::format(cx, at.peek(2), at.peek(1))),
        Opcode::LoadCell => at.push(at.slot(operand).unwrap_or(Ref::NONE).own()),
        Opcode::EndSend => {
            let value = at.pop();
            discard!(1);
            at.push_operand(value);
        }
        Opcode::UnaryNegative => replace!(1, binary::unary(cx, Sign::Negative, at.peek(1))),
        Opcode::ListExtend => {
            let list = at.peek(operand as usize + 1);
            consume!(1, steps::extend_display(cx, list, at.peek(1)));
        }
        Opcode::ThrowInto => {
            let sent = check!(steps::throw_into(cx, at.peek(2), at.peek(1)));
            discard!(1);
            steps::push_sent(at, sent, code, operand);
        }
        Opcode::MakeFunction => {
            steps::make_function(cx, at, code, globals, operand);
        }
        Opcode::DeleteFast => match at.replace_slot(operand, None) {
            Some(old) => old.discard(cx.ts),
            None => check!(Err(names::unbound_local(cx, code, operand))),
        },
        Opcode::ConvertValue => {
            replace!(
                1,
                text::convert(cx, Conversion::decode(operand), at.peek(1))
            );
        }
        Opcode::CheckExcMatch => {
            let matches = check!(exception::matches(cx, at.peek(2), at.peek(1)));
            discard!(1);
            at.push(Owned::bool(matches));
        }
        Opcode::DeleteDeref => {
            drop(check!(names::load_deref(cx, code, at, operand)));
            names::store_deref(cx, at, operand, None);
        }
        Opcode::DeleteGlobal => check!(names::delete_global(cx, globals, name!(operand))),
        Opcode::LoadName => push!(names::load_name(cx, globals, name!(operand))),
        Opcode::StoreName => {
            let value = at.pop().into_owned();
            check!(names::store_name(cx, name!(operand), value));
        }
        Opcode::DeleteName => check!(names::delete_name(cx, name!(operand))),
        Opcode::LoadLocals => push!(names::locals(cx)),
        Opcode::LoadFromDictOrDeref => {
            replace!(
                1,
                names::load_from_or_deref(cx, at.peek(1), code, at, operand)
            );
        }
        Opcode::LoadFromDictOrGlobals => replace!(
            1,
            names::load_from_or_global(cx, at.peek(1), globals, name!(operand))
        ),
        Opcode::SetupAnnotations => check!(names::setup_annotations(cx)),
        Opcode::BuildSet => {
            replace!(operand, steps::build_set(cx, at.values(operand as usize)));
        }
        Opcode::SetAdd => {
            let set = at.peek(operand as usize + 1);
            consume!(1, steps::set_add(cx, set, at.peek(1)));
        }
        Opcode::SetUpdate => {
            let set = at.peek(operand as usize + 1);
            consume!(1, steps::set_update(cx, set, at.peek(1)));
        }
        Opcode::DictUpdate => {
            let map = at.peek(operand as usize + 1);
            consume!(1, steps::dict_update(cx, map, at.peek(1)));
        }
        Opcode::DictMerge => {
            let (map, function) = (at.peek(operand as usize + 1), at.peek(operand as usize + 3));
            consume!(1, steps::dict_merge(cx, map, function, at.peek(1)));
        }
        Opcode::UnpackEx => {
            let (before, after) = ((operand & 0xff) as usize, (operand >> 8) as usize);
            let items = consume!(1, iterate::unpack_with_rest(cx, at.peek(1), before, after));
            items.into_iter().rev().for_each(|item| at.push(item));
        }
        Opcode::BuildInterpolation => {
            let count = 2 + (operand & 1);
            replace!(
                count,
                steps::build_interpolation(cx, operand, at.values(count as usize))
            );
        }
        Opcode::BuildTemplate => {
            replace!(2, steps::build_template(cx, at.peek(2), at.peek(1)));
        }
        Opcode::LoadBuildClass => push!(steps::build_class_function(cx)),
        Opcode::GetYieldFromIter => {
            replace!(1, steps::yield_from_iterator(cx, code, at.peek(1)));
        }
        Opcode::GetAwaitable => replace!(1, steps::awaitable(cx, operand, at.peek(1))),
        Opcode::GetAiter => replace!(1, steps::async_iterator(cx, at.peek(1))),
        Opcode::GetAnext => push!(steps::async_next(cx, at.peek(1))),
        Opcode::AsyncGenWrap => replace!(1, steps::wrap_yield(cx, at.peek(1))),
        Opcode::StopIterationError => {
            replace!(1, steps::stop_iteration_error(cx, code, at.peek(1)));
        }
        Opcode::ImportName => {
            replace!(2, steps::import(cx, name!(operand), at.peek(2), at.peek(1)));
        }
        Opcode::ImportFrom => push!(steps::import_from(cx, at.peek(1), name!(operand))),
        Opcode::ImportStar => consume!(1, steps::import_star(cx, at.peek(1))),
        Opcode::LoadAssertionError => {
            at.push(cx.class(TypeId::AssertionError).as_ref().own());
        }
        Opcode::LoadNotImplementedError => {
            at.push(cx.class(TypeId::NotImplementedError).as_ref().own());
        }
        Opcode::CheckEgMatch => {
            let (rest, part) = check!(steps::match_group(cx, at.peek(2), at.peek(1)));
            discard!(2);
            at.push(rest);
            at.push(part);
        }
        Opcode::PrepReraiseStar => {
            replace!(2, steps::reraise_star(cx, at.peek(2), at.peek(1)));
        }
        Opcode::LoadWith => {
            check!(steps::load_with(cx, at, operand));
        }
        Opcode::WithExceptStart => steps::with_except_start(cx, at),
        Opcode::MatchSequence => push!(Ok::<_, Raised>(steps::match_sequence(cx, at.peek(1)))),
        Opcode::MatchMapping => push!(Ok::<_, Raised>(steps::match_mapping(cx, at.peek(1)))),
        Opcode::MatchKeys => push!(steps::match_keys(cx, at.peek(2), at.peek(1))),
        Opcode::MatchClass => {
            replace!(3, steps::match_class(cx, operand, at.values(3)));
        }
        Opcode::GetLen => {
            push!(truth::len(cx, at.peek(1)).map(|len| cx.int(len as i64)));
        }
        Opcode::MakeTypeVar => {
            let count = 1 + usize::from(operand > 0);
            replace!(count, steps::make_type_var(cx, operand, at.values(count)));
        }
        Opcode::MakeParamSpec => replace!(1, steps::make_param_spec(cx, at.peek(1))),
        Opcode::MakeTypeVarTuple => replace!(1, steps::make_type_var_tuple(cx, at.peek(1))),
        Opcode::SetTypeParamDefault => {
            replace!(2, steps::set_type_param_default(cx, at.peek(2), at.peek(1)));
        }
        Opcode::SetTypeParams => {
            replace!(2, steps::set_type_params(cx, at.peek(2), at.peek(1)));
        }
        Opcode::SubscriptGeneric => replace!(1, steps::subscript_generic(cx, at.peek(1))),
        Opcode::MakeTypeAlias => replace!(3, steps::make_type_alias(cx, at.values(3))),
        Opcode::PrintExpr => consume!(1, steps::print_expression(cx, at.peek(1))),
        opcode => {
            let message = format!("{opcode:?} belongs to the loop");
            return Err(cx.error(TypeId::SystemError, message));
        }
    }
    Ok(())
}
