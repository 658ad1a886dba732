//! The dispatch loop: fetches an instruction, does it, goes on; one arm per row of the instruction table.
//!
//! A short operation is written as a function on the cursor, which the loop keeps in registers. Whatever may run long
//! lends values and gets one. An error goes to [`Cx::unwind`], which finds the handler or leaves the frame.

mod rare;
pub(in crate::eval) mod short;

use crate::compile::{CompareJump, Comparison, Opcode, Pair};
use crate::eval::call::{Entered, target};
use crate::eval::cx::Cx;
use crate::eval::frame::Top;
use crate::eval::ops::{attribute, binary, compare, iterate, subscript, truth};
use crate::eval::steps::{self, Raising};
use crate::eval::unwind::{Left, leave_frame};
use crate::eval::{Outcome, Raised, names};
use crate::refs::{Operand, Owned};
use crate::types::{TypeId, native};

use short::{floats, pop_truth, serve, serve_requests, swap};

/// How a frame that Rust code entered came to its end, or to a stop.
pub(crate) enum Ended {
    Returned(Owned),
    /// The frame is still there, its cursor noted.
    Yielded(Owned),
}

/// Runs the topmost frame until it returns to Rust code.
pub(in crate::eval) fn run(cx: &Cx) -> Outcome<Ended> {
    let Top {
        cursor: mut at,
        mut code,
        mut globals,
    } = cx.top();

    /// Goes on in another frame.
    macro_rules! enter {
        ($top:expr) => {{
            let top = $top;
            (at, code, globals) = (top.cursor, top.code, top.globals);
        }};
    }
    /// Goes on in the frame that is on top now.
    macro_rules! resume {
        ($cursor:expr) => {{
            let (cursor, top) = ($cursor, cx.top());
            (at, code, globals) = (cursor, top.code, top.globals);
        }};
    }
    /// The name that an operand means.
    macro_rules! name {
        ($operand:expr) => {
            code.name_at($operand)
        };
    }
    /// The value of a result; an exception unwinds.
    macro_rules! check {
        ($result:expr) => {
            match $result {
                Ok(value) => value,
                Err(raised) => {
                    resume!(cx.unwind(at, raised, true)?);
                    continue;
                }
            }
        };
    }
    /// A step that gets the cursor by reference: it gets a copy, so that the loop's own stays in registers.
    macro_rules! aside {
        ($copy:ident => $step:expr) => {{
            let mut $copy = at;
            let result = $step;
            at = $copy;
            result
        }};
    }
    /// A constant, pushed.
    macro_rules! constant {
        ($number:expr) => {{
            let constant = code.constant($number as usize);
            // SAFETY: the code, which the frame keeps, has the constant for as long as the operand is there.
            at.push_operand(unsafe { Operand::lent(constant) });
        }};
    }
    /// A local, pushed without being counted.
    macro_rules! lend {
        ($slot:expr) => {
            match at.slot($slot) {
                // SAFETY: the compiler promises that the slot keeps the value for as long as the operand is there.
                Some(value) => at.push_operand(unsafe { Operand::lent(value) }),
                None => check!(Err(names::unbound_local(cx, code, $slot))),
            }
        };
    }
    /// A value popped into a local.
    macro_rules! keep {
        ($slot:expr) => {{
            let value = at.pop().into_owned();
            if let Some(old) = at.replace_slot($slot, Some(value.into())) {
                old.discard(cx.ts);
            }
        }};
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
            let result = check!($result);
            discard!($count);
            at.push(result);
        }};
    }
    /// The value of a result, pushed.
    macro_rules! push {
        ($result:expr) => {{
            let value = check!($result);
            at.push(value);
        }};
    }
    /// So many values popped, none pushed.
    macro_rules! consume {
        ($count:expr, $result:expr) => {{
            let result = check!($result);
            discard!($count);
            result
        }};
    }
    /// A condition that stays if it jumps.
    macro_rules! jump_or_pop {
        ($when:expr, $target:expr) => {{
            if check!(truth::is_true(cx, at.peek(1))) == $when {
                at.jump(code, $target);
            } else {
                discard!(1);
            }
        }};
    }
    /// A jump if a value that is popped is `None`, or is not.
    macro_rules! jump_if_none {
        ($when:expr, $target:expr) => {{
            let is_none = at.peek(1).is_none();
            discard!(1);
            if is_none == $when {
                at.jump(code, $target);
            }
        }};
    }
    /// Two values popped, one pushed; floats take a short way, and a method written in Python becomes a frame.
    macro_rules! operate {
        ($operator:expr) => {
            if !floats(cx, &mut at, $operator) {
                match check!(cx.enter_operator(at, $operator)) {
                    Some(top) => enter!(top),
                    None => replace!(2, binary::binary(cx, $operator, at.peek(2), at.peek(1))),
                }
            }
        };
    }
    /// The same; small integers, too, take one.
    macro_rules! arithmetic {
        ($small:expr, $operator:expr) => {
            match $small(at.peek(2), at.peek(1)) {
                Some(result) => {
                    at.cut(at.place(2));
                    at.push(result);
                }
                None => operate!($operator),
            }
        };
    }
    /// The result of a call: a value, or another frame.
    macro_rules! called {
        ($result:expr) => {
            match check!($result) {
                Entered::Returned(cursor) => at = cursor,
                Entered::Frame(top) => {
                    enter!(top);
                    serve_requests(cx);
                }
            }
        };
    }

    /// Where a frame that was left leads.
    macro_rules! left {
        ($left:expr) => {
            match $left {
                Left::GoOn(top) => enter!(top),
                Left::Done(value) => return Ok(Ended::Returned(value)),
                Left::Refused(caller, raised) => {
                    resume!(cx.unwind(caller, raised, true)?);
                }
            }
        };
    }
    /// A call of what is at a place, with so many values above it.
    macro_rules! call {
        ($result:expr, $callable:expr, $count:expr) => {{
            let (result, callable, count) = ($result, $callable, $count);
            match cx.simple_function(callable, count) {
                Some(function) => {
                    let slots = at.place(count);
                    enter!(check!(cx.enter_frame(at, function, slots, count, result)));
                    serve_requests(cx);
                }
                None => {
                    at.note(cx);
                    match native::call_as_is(cx, target(callable), at.values(count)) {
                        Some(value) => {
                            let value = check!(value);
                            at.drop_down_to(cx.ts, result);
                            at.push(value);
                        }
                        None => called!(cx.enter_call(at, result, callable, count)),
                    }
                }
            }
        }};
    }

    loop {
        let instruction = at.fetch();
        cx.passing.set(at.passing());
        let operand = instruction.operand();
        match instruction.opcode() {
            Opcode::Nop => {}
            Opcode::PopTop => discard!(1),
            Opcode::Copy => at.push(at.peek(operand as usize).own()),
            Opcode::Swap => swap(&mut at, operand as usize),
            Opcode::LoadConst => constant!(operand),
            Opcode::LoadFast => match at.slot(operand) {
                Some(value) => at.push(value.own()),
                None => check!(Err(names::unbound_local(cx, code, operand))),
            },
            Opcode::LoadFastBorrow => lend!(operand),
            Opcode::StoreFast => keep!(operand),
            Opcode::LoadFastPair => {
                let pair = Pair::decode(operand);
                lend!(pair.first);
                at.pass_over();
                lend!(pair.second);
            }
            Opcode::LoadFastConst => {
                let pair = Pair::decode(operand);
                lend!(pair.first);
                at.pass_over();
                constant!(pair.second);
            }
            Opcode::StoreLoadFast => {
                let pair = Pair::decode(operand);
                keep!(pair.first);
                at.pass_over();
                lend!(pair.second);
            }
            Opcode::ClearFast => {
                if let Some(old) = at.replace_slot(operand, None) {
                    old.discard(cx.ts);
                }
            }
            Opcode::CopyFreeVars => at = names::copy_free_variables(cx, at, code, operand),
            Opcode::LoadDeref => push!(names::load_deref(cx, code, &at, operand)),
            Opcode::StoreDeref => {
                let value = at.pop().into_owned();
                names::store_deref(cx, &at, operand, Some(value));
            }
            Opcode::LoadGlobal => push!(names::load_global(cx, globals, name!(operand))),
            Opcode::LoadAttr => replace!(1, attribute::get(cx, at.peek(1), name!(operand))),
            Opcode::LoadMethod => {
                let loaded = check!(attribute::load_method(cx, at.peek(1), name!(operand)));
                steps::push_method(cx, &mut at, loaded);
            }
            Opcode::StoreAttr => consume!(
                2,
                attribute::set(cx, at.peek(1), name!(operand), Some(at.peek(2)))
            ),
            Opcode::LoadSubscr => replace!(2, subscript::get(cx, at.peek(2), at.peek(1))),
            Opcode::StoreSubscr => {
                consume!(3, subscript::set(cx, at.peek(2), at.peek(1), at.peek(3)));
            }
            Opcode::BinaryAdd => arithmetic!(binary::add_small, operand),
            Opcode::BinarySubtract => arithmetic!(binary::subtract_small, operand),
            Opcode::BinaryOp => operate!(operand),
            Opcode::UnaryNot => {
                replace!(
                    1,
                    truth::is_true(cx, at.peek(1)).map(|truth| Owned::bool(!truth))
                );
            }
            Opcode::CompareOp => {
                let comparison = Comparison::decode(operand);
                replace!(2, compare::rich(cx, comparison, at.peek(2), at.peek(1)));
            }
            Opcode::IsOp => {
                let same = at.peek(2) == at.peek(1);
                replace!(2, Ok::<_, Raised>(Owned::bool(same != (operand != 0))));
            }
            Opcode::ContainsOp => replace!(
                2,
                subscript::contains(cx, at.peek(1), at.peek(2))
                    .map(|found| Owned::bool(found != (operand != 0)))
            ),
            Opcode::BuildTuple => {
                let tuple = aside!(copy => steps::build_tuple(cx, &mut copy, operand));
                at.push(tuple);
            }
            Opcode::BuildList => {
                let list = aside!(copy => steps::build_list(cx, &mut copy, operand));
                at.push(list);
            }
            Opcode::ListAppend => {
                let item = at.pop().into_owned();
                steps::append(cx, at.peek(operand as usize), item);
            }
            Opcode::UnpackSequence => {
                check!(aside!(copy => steps::unpack(cx, &mut copy, operand)));
            }
            Opcode::GetIter => replace!(1, iterate::iter(cx, at.peek(1))),
            Opcode::ForIter => match check!(iterate::next(cx, at.peek(1))) {
                Some(item) => at.push(item),
                None => {
                    discard!(1);
                    at.jump(code, operand);
                }
            },
            Opcode::Jump => at.jump(code, operand),
            Opcode::JumpBackward => {
                // An exception from outside belongs to the loop that is about to go on.
                check!(serve(cx));
                at.jump(code, operand);
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
            Opcode::PopJumpIfNone => jump_if_none!(true, operand),
            Opcode::PopJumpIfNotNone => jump_if_none!(false, operand),
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
                    None => consume!(2, compare::holds_for(cx, jump.comparison, left, right)),
                };
                if outcome == jump.when {
                    at.jump(code, jump.target);
                }
            }
            Opcode::Call => {
                let callable = at.place(operand as usize + 1);
                call!(callable, callable, operand as usize);
            }
            Opcode::CallMethod => {
                let result = at.place(operand as usize + 2);
                let (callable, count) = match at.peek_word(operand as usize + 2) {
                    Some(_) => (result, operand as usize + 1),
                    None => (at.place(operand as usize + 1), operand as usize),
                };
                call!(result, callable, count);
            }
            Opcode::CallKw => called!(cx.enter_call_with_names(at, operand as usize)),
            Opcode::CallEx => called!(cx.enter_call_unpacking(at)),
            Opcode::ReturnValue => {
                let value = at.pop();
                left!(leave_frame(cx, at, value.into_owned()));
            }
            Opcode::ReturnGenerator => {
                at.note(cx);
                left!(steps::return_generator(cx, code));
            }
            Opcode::YieldValue => {
                let value = at.pop().into_owned();
                at.note(cx);
                return Ok(Ended::Yielded(value));
            }
            Opcode::Send => {
                let sent = check!(steps::send(cx, at.peek(2), at.peek(1)));
                discard!(1);
                aside!(copy => steps::push_sent(&mut copy, sent, code, operand));
            }
            Opcode::EndAsyncFor => {
                let raised = Raised(at.pop().into_owned());
                if raised.is(cx, TypeId::StopAsyncIteration) {
                    drop(raised);
                    discard!(1);
                } else {
                    resume!(cx.unwind(at, raised, false)?);
                }
            }
            Opcode::RaiseVarargs => {
                let Raising { raised, new } = aside!(copy => steps::raise(cx, &mut copy, operand));
                resume!(cx.unwind(at, raised, new)?);
            }
            Opcode::Reraise => {
                let raised = Raised(at.pop().into_owned());
                resume!(cx.unwind(at, raised, false)?);
            }
            Opcode::PushExcInfo => aside!(copy => steps::push_handled(cx, &mut copy)),
            Opcode::PopExcept => aside!(copy => steps::pop_handled(cx, &mut copy)),
            _ => check!(aside!(copy => rare::step(cx, &mut copy, code, globals, instruction))),
        }
    }
}
