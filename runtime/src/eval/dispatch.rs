//! The dispatch loop: fetches an instruction, does it, goes on; one arm per row of the instruction table.
//!
//! A short operation is written as a function on the cursor, which the loop keeps in registers. Whatever may run long
//! takes values and gives one back. An error goes to [`Context::unwind`], which finds the handler or leaves the frame.

use crate::compile::{CompareJump, Comparison, Conversion, Opcode};
use crate::eval::call::Entered;
use crate::eval::context::Context;
use crate::eval::frame::Cursor;
use crate::eval::iterator::{self, Next};
use crate::eval::operators::{self, Unary};
use crate::eval::other::Other;
use crate::eval::types::TypeId;
use crate::eval::unwind::{Left, leave_frame};
use crate::eval::{Outcome, Raised, attributes, compare, convert, exception, format, names};
use crate::eval::{statements, subscript, text};
use crate::objects::value::Value;
use crate::objects::{cell, drain_merge_queue};
use crate::protocols::runtime::safepoint;

/// Runs the topmost frame until it returns to Rust code.
pub(in crate::eval) fn run(cx: &mut Context<'_>) -> Outcome {
    let Some(frame) = cx.frames.last() else {
        return Ok(Value::NONE);
    };
    let (mut at, mut code, mut globals) = (frame.cursor, frame.code, frame.globals);

    /// Continues in the frame that is on top now.
    macro_rules! resume {
        ($cursor:expr) => {{
            at = $cursor;
            let frame = cx.top_frame();
            code = frame.code;
            globals = frame.globals;
        }};
    }
    /// The name that an operand means.
    macro_rules! name {
        ($operand:expr) => {
            code.names[$operand as usize]
        };
    }
    /// The value of a result; an exception unwinds.
    macro_rules! check {
        ($result:expr) => {
            match $result {
                Ok(value) => value,
                Err(raised) => {
                    let cursor = cx.unwind(at, raised, true)?;
                    resume!(cursor);
                    continue;
                }
            }
        };
    }
    /// One value popped, one pushed.
    macro_rules! unary {
        ($operation:expr $(, $with:expr)*) => {{
            let operand = at.peek(1);
            let result = check!($operation(cx $(, $with)*, operand));
            at.poke(1, result);
            cx.drop(operand);
        }};
    }
    /// The value of a result, pushed.
    macro_rules! push {
        ($result:expr) => {{
            let value = check!($result);
            at.push(value);
        }};
    }
    /// A condition that stays if it jumps.
    macro_rules! jump_or_pop {
        ($when:expr, $target:expr) => {{
            let value = at.peek(1);
            if check!(convert::is_true(cx, value)) == $when {
                at.jump(code, $target);
            } else {
                at.pop();
                cx.drop(value);
            }
        }};
    }
    /// Two values popped, one pushed.
    macro_rules! binary {
        ($operation:expr $(, $with:expr)*) => {{
            let (left, right) = (at.peek(2), at.peek(1));
            let result = check!($operation(cx $(, $with)*, left, right));
            at.pop();
            at.poke(1, result);
            cx.drop(left);
            cx.drop(right);
        }};
    }
    /// Two values popped, one pushed; small integers take a short way.
    macro_rules! arithmetic {
        ($small:expr, $operator:expr) => {
            match $small(at.peek(2), at.peek(1)) {
                Some(result) => {
                    at.pop();
                    at.poke(1, result);
                }
                None => binary!(operators::binary, $operator),
            }
        };
    }
    /// A container that takes the values at the top over.
    macro_rules! build {
        ($count:expr, $operation:expr) => {{
            let count = $count as usize;
            let result = $operation(cx, at.values(count));
            at.cut(at.place(count));
            let container = check!(result);
            at.push(container);
        }};
    }
    /// Values at the top that an operation borrows and that go after it.
    macro_rules! consume {
        ($count:expr, $operation:expr $(, $with:expr)*) => {{
            let count = $count as usize;
            let values = at.values(count);
            let result = check!($operation(cx $(, $with)*, values));
            for _ in 0..count {
                let value = at.pop();
                cx.drop(value);
            }
            result
        }};
    }
    /// The result of a call: a value, or another frame.
    macro_rules! called {
        ($result:expr) => {
            match check!($result) {
                Entered::Returned(cursor) => at = cursor,
                Entered::Frame => {
                    let cursor = cx.top_frame().cursor;
                    resume!(cursor);
                    serve_requests(cx);
                }
            }
        };
    }

    loop {
        let instruction = at.fetch();
        let operand = instruction.operand();
        match instruction.opcode() {
            Opcode::Nop => {}
            Opcode::PopTop => {
                let value = at.pop();
                cx.drop(value);
            }
            Opcode::Copy => {
                let value = at.peek(operand as usize);
                at.push(cx.new_ref(value));
            }
            Opcode::Swap => swap(&mut at, operand as usize),

            Opcode::LoadConst => at.push(code.constants[operand as usize]),
            Opcode::LoadFast => match at.slot(operand) {
                Some(value) => at.push(cx.new_ref(value)),
                None => check!(Err(names::unbound_local(cx, code, operand))),
            },
            Opcode::StoreFast => {
                let value = at.pop();
                cx.drop_all(at.replace_slot(operand, Some(value)));
            }
            Opcode::DeleteFast => match at.replace_slot(operand, None) {
                Some(old) => cx.drop(old),
                None => check!(Err(names::unbound_local(cx, code, operand))),
            },
            Opcode::ClearFast => cx.drop_all(at.replace_slot(operand, None)),
            Opcode::MakeCell => {
                let held = at.slot(operand);
                at.replace_slot(operand, Some(cell::new(cx.ts, held)));
            }
            Opcode::CopyFreeVars => at = names::copy_free_variables(cx, at, code, operand),
            Opcode::LoadCell => at.push(cx.new_ref(names::cell_at(&at, operand))),
            Opcode::LoadDeref => {
                push!(names::load_deref(cx, code, &at.slot(operand), operand));
            }
            Opcode::StoreDeref => {
                let value = at.pop();
                names::store_deref(cx, &at.slot(operand), Some(value));
            }
            Opcode::DeleteDeref => {
                let held = check!(names::load_deref(cx, code, &at.slot(operand), operand));
                cx.drop(held);
                names::store_deref(cx, &at.slot(operand), None);
            }
            Opcode::LoadGlobal => push!(names::load_global(cx, globals, name!(operand))),
            Opcode::StoreGlobal => {
                let value = at.pop();
                check!(names::store_global(cx, globals, name!(operand), value));
            }
            Opcode::DeleteGlobal => {
                check!(names::delete_global(cx, globals, name!(operand)));
            }

            Opcode::LoadAttr => unary!(attributes::load, name!(operand)),
            Opcode::LoadMethod => {
                let (method, receiver) =
                    check!(attributes::load_method(cx, name!(operand), at.peek(1)));
                at.pop();
                at.push_word(method);
                at.push(receiver);
            }
            Opcode::StoreAttr => consume!(2, attributes::store, name!(operand)),
            Opcode::DeleteAttr => consume!(1, attributes::remove, name!(operand)),
            Opcode::LoadSubscr => binary!(subscript::get),
            Opcode::StoreSubscr => consume!(3, subscript::store),
            Opcode::DeleteSubscr => consume!(2, subscript::remove),
            Opcode::BuildSlice => {
                let step = if operand == 3 { at.pop() } else { Value::NONE };
                let (stop, start) = (at.pop(), at.pop());
                at.push(Other::Slice { start, stop, step }.alloc(cx.ts));
            }

            Opcode::BinaryAdd => arithmetic!(operators::add_small, operand),
            Opcode::BinarySubtract => arithmetic!(operators::subtract_small, operand),
            Opcode::BinaryOp => binary!(operators::binary, operand),
            Opcode::UnaryNegative => unary!(operators::unary, Unary::Negative),
            Opcode::UnaryPositive => unary!(operators::unary, Unary::Positive),
            Opcode::UnaryInvert => unary!(operators::unary, Unary::Invert),
            Opcode::UnaryNot => unary!(convert::negated),
            Opcode::CompareOp => binary!(compare::value, Comparison::decode(operand)),
            Opcode::IsOp => binary!(compare::identity, operand != 0),
            Opcode::ContainsOp => binary!(subscript::membership, operand != 0),

            Opcode::BuildTuple => build!(operand, statements::build_tuple),
            Opcode::BuildList => build!(operand, statements::build_list),
            Opcode::BuildMap => build!(2 * operand, statements::build_map),
            Opcode::BuildString => {
                let joined = consume!(operand, statements::join);
                at.push(joined);
            }
            Opcode::ListAppend => {
                let item = at.pop();
                statements::append(cx, at.peek(operand as usize), item);
            }
            Opcode::ListExtend => {
                let list = at.peek(operand as usize + 1);
                consume!(1, statements::extend_display, list);
            }
            Opcode::ListToTuple => unary!(statements::list_to_tuple),
            Opcode::MapAdd => {
                let (value, key) = (at.pop(), at.pop());
                check!(statements::map_add(
                    cx,
                    at.peek(operand as usize),
                    key,
                    value
                ));
            }
            Opcode::DictUpdate => {
                let map = at.peek(operand as usize + 1);
                consume!(1, statements::dict_update, map);
            }
            Opcode::DictMerge => {
                let (map, function) =
                    (at.peek(operand as usize + 1), at.peek(operand as usize + 3));
                consume!(1, statements::dict_merge, map, function);
            }
            Opcode::UnpackSequence => {
                let items = consume!(1, iterator::unpack, operand as usize);
                items.into_iter().rev().for_each(|item| at.push(item));
            }
            Opcode::UnpackEx => {
                let (before, after) = ((operand & 0xff) as usize, (operand >> 8) as usize);
                let items = consume!(1, iterator::unpack_with_rest, before, after);
                items.into_iter().rev().for_each(|item| at.push(item));
            }

            Opcode::ConvertValue => unary!(text::convert, Conversion::decode(operand)),
            Opcode::FormatSimple => unary!(format::format_plain),
            Opcode::FormatWithSpec => binary!(format::format_value),

            Opcode::GetIter => unary!(iterator::iter),
            Opcode::ForIter => {
                let iterator = at.peek(1);
                match check!(iterator::next(cx, iterator)) {
                    Next::Item(item) => at.push(item),
                    Next::End => {
                        at.pop();
                        cx.drop(iterator);
                        at.jump(code, operand);
                    }
                }
            }
            Opcode::Jump => at.jump(code, operand),
            Opcode::JumpBackward => {
                at.jump(code, operand);
                serve_requests(cx);
            }
            Opcode::PopJumpIfFalse => {
                if !check!(pop_truth(cx, &mut at)) {
                    at.jump(code, operand);
                }
            }
            Opcode::PopJumpIfTrue => {
                if check!(pop_truth(cx, &mut at)) {
                    at.jump(code, operand);
                }
            }
            Opcode::JumpIfFalseOrPop => jump_or_pop!(false, operand),
            Opcode::JumpIfTrueOrPop => jump_or_pop!(true, operand),
            Opcode::CompareJump => {
                let jump = CompareJump::decode(operand);
                let (left, right) = (at.peek(2), at.peek(1));
                let outcome = match compare::small(jump.comparison, left, right) {
                    Some(outcome) => {
                        at.cut(at.place(2));
                        outcome
                    }
                    None => consume!(2, compare::pair, jump.comparison),
                };
                if outcome == jump.when {
                    at.jump(code, jump.target);
                }
            }

            Opcode::Call => {
                let callable = at.place(operand as usize + 1);
                called!(cx.enter_call(at, callable, callable, operand as usize));
            }
            Opcode::CallMethod => {
                let result = at.place(operand as usize + 2);
                let (callable, count) = match at.peek_word(operand as usize + 2) {
                    Some(_) => (result, operand as usize + 1),
                    None => (at.place(operand as usize + 1), operand as usize),
                };
                called!(cx.enter_call(at, result, callable, count));
            }
            Opcode::CallKw => called!(cx.enter_call_with_names(at, operand as usize)),
            Opcode::CallEx => called!(cx.enter_call_unpacking(at)),
            Opcode::MakeFunction => {
                at = statements::make_function(cx, at, code, globals, operand);
            }
            Opcode::ReturnValue => {
                let value = at.pop();
                match leave_frame(cx, at, value) {
                    Left::GoOn(cursor) => resume!(cursor),
                    Left::Done(value) => return Ok(value),
                }
            }

            Opcode::ImportName => push!(statements::import(cx, name!(operand))),
            Opcode::ImportFrom => {
                let module = at.peek(1);
                push!(statements::import_from(cx, module, name!(operand)));
            }

            Opcode::LoadAssertionError => at.push(cx.world().types.get(TypeId::AssertionError)),
            Opcode::RaiseVarargs => {
                let (raised, cursor) = statements::raise(cx, at, operand);
                let cursor = cx.unwind(cursor, raised, operand != 0)?;
                resume!(cursor);
            }
            Opcode::Reraise => {
                let raised = Raised(at.pop());
                let cursor = cx.unwind(at, raised, false)?;
                resume!(cursor);
            }
            Opcode::PushExcInfo => {
                let exception = at.pop();
                let before = cx.handled.replace(cx.new_ref(exception));
                at.push(before.unwrap_or(Value::NONE));
                at.push(exception);
            }
            Opcode::CheckExcMatch => {
                let (raised, class) = (at.peek(2), at.peek(1));
                let matches = check!(exception::matches(cx, raised, class));
                at.poke(1, Value::bool(matches));
                cx.drop(class);
            }
            Opcode::PopExcept => {
                let before = at.pop();
                let handled =
                    std::mem::replace(&mut cx.handled, (!before.is_none()).then_some(before));
                cx.drop_all(handled);
            }
            Opcode::WithEnter => push!(statements::enter_manager(cx, at.peek(1))),
            Opcode::WithExit => {
                let manager = at.peek(1);
                let answer = check!(statements::exit_manager(cx, manager, None));
                at.pop();
                cx.drop(answer);
                cx.drop(manager);
            }
            Opcode::WithExceptStart => {
                let (manager, raised) = (at.peek(3), at.peek(1));
                push!(statements::exit_manager(cx, manager, Some(raised)));
            }
        }
    }
}

#[inline(always)]
fn swap(at: &mut Cursor, position: usize) {
    let (top, other) = (at.peek(1), at.peek(position));
    at.poke(1, other);
    at.poke(position, top);
}

/// Pops a condition; most are `True` or `False` already.
#[inline(always)]
fn pop_truth(cx: &mut Context<'_>, at: &mut Cursor) -> Outcome<bool> {
    let value = at.pop();
    if let Some(truth) = value.as_bool() {
        return Ok(truth);
    }
    let truth = convert::is_true(cx, value);
    cx.drop(value);
    truth
}

/// A safepoint.
#[inline(always)]
fn serve_requests(cx: &mut Context<'_>) {
    let ts = cx.ts;
    safepoint(ts, |_requests| drain_merge_queue(ts));
}
