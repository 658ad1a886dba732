//! The dispatch loop: fetches an instruction, does it, goes on; one arm per row of the instruction table.
//!
//! A short operation is written as a function on the cursor, which the loop keeps in registers. Whatever may run long
//! takes values and gives one back. An error goes to [`Context::unwind`], which finds the handler or leaves the frame.

use crate::compile::{CompareJump, Comparison, Conversion, Opcode};
use crate::eval::call::Entered;
use crate::eval::context::Context;
use crate::eval::frame::{Cursor, Frame};
use crate::eval::iterator::{self, Next};
use crate::eval::operators::{self, Unary};
use crate::eval::other::Other;
use crate::eval::types::TypeId;
use crate::eval::{Outcome, Raised, compare, convert, format, names, statements, subscript, text};
use crate::eval::{attributes, code::CodeRef};
use crate::objects::value::Value;
use crate::objects::{cell, drain_merge_queue, list};
use crate::protocols::runtime::safepoint;

/// Where a frame that was left or an exception that was caught leads.
pub(in crate::eval) enum Left {
    /// Another frame, or the same elsewhere, goes on.
    GoOn(Cursor),
    /// The frame that Rust code entered has ended.
    Done(Value),
}

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
        ($operation:expr) => {{
            let operand = at.peek(1);
            let result = check!($operation(cx, operand));
            at.poke(1, result);
            cx.drop(operand);
        }};
    }
    /// Two values popped, one pushed.
    macro_rules! binary {
        ($operation:expr) => {{
            let (left, right) = (at.peek(2), at.peek(1));
            let result = check!($operation(cx, left, right));
            at.pop();
            at.poke(1, result);
            cx.drop(left);
            cx.drop(right);
        }};
    }
    /// Values at the top that an operation borrows and that go after it.
    macro_rules! consume {
        ($count:expr, $operation:expr) => {{
            let count = $count as usize;
            let values = at.values(count);
            let result = check!($operation(cx, values));
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
                if let Some(old) = at.replace_slot(operand, Some(value)) {
                    cx.drop(old);
                }
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
            Opcode::LoadCell => {
                let cell = names::cell_at(&at, operand);
                at.push(cx.new_ref(cell));
            }
            Opcode::LoadDeref => {
                let value = check!(names::load_deref(cx, code, &at.slot(operand), operand));
                at.push(value);
            }
            Opcode::StoreDeref => {
                let value = at.pop();
                names::store_deref(cx, &at.slot(operand), Some(value));
            }
            Opcode::DeleteDeref => {
                let value = check!(names::load_deref(cx, code, &at.slot(operand), operand));
                cx.drop(value);
                names::store_deref(cx, &at.slot(operand), None);
            }
            Opcode::LoadGlobal => {
                let name = code.names[operand as usize];
                let value = check!(names::load_global(cx, globals, name));
                at.push(value);
            }
            Opcode::StoreGlobal => {
                let value = at.pop();
                check!(names::store_global(
                    cx,
                    globals,
                    code.names[operand as usize],
                    value
                ));
            }
            Opcode::DeleteGlobal => {
                check!(names::delete_global(
                    cx,
                    globals,
                    code.names[operand as usize]
                ));
            }

            Opcode::LoadAttr => {
                let name = code.names[operand as usize];
                unary!(|cx: &mut Context<'_>, object| attributes::get(cx, object, name));
            }
            Opcode::LoadMethod => {
                let object = at.peek(1);
                let name = code.names[operand as usize];
                match check!(attributes::get_method(cx, object, name)) {
                    attributes::Found::Method(function) => {
                        at.poke(1, function);
                        at.push(object);
                    }
                    attributes::Found::Attribute(value) => {
                        at.pop();
                        at.push_word(None);
                        at.push(value);
                        cx.drop(object);
                    }
                }
            }
            Opcode::StoreAttr => {
                let name = code.names[operand as usize];
                consume!(2, |cx: &mut Context<'_>, values: &[Value]| {
                    attributes::set(cx, values[1], name, Some(values[0]))
                });
            }
            Opcode::DeleteAttr => {
                let name = code.names[operand as usize];
                consume!(1, |cx: &mut Context<'_>, values: &[Value]| {
                    attributes::set(cx, values[0], name, None)
                });
            }
            Opcode::LoadSubscr => binary!(subscript::get),
            Opcode::StoreSubscr => consume!(3, |cx: &mut Context<'_>, values: &[Value]| {
                subscript::set(cx, values[1], values[2], values[0])
            }),
            Opcode::DeleteSubscr => consume!(2, |cx: &mut Context<'_>, values: &[Value]| {
                subscript::delete(cx, values[0], values[1])
            }),
            Opcode::BuildSlice => {
                let step = if operand == 3 { at.pop() } else { Value::NONE };
                let (stop, start) = (at.pop(), at.pop());
                at.push(Other::Slice { start, stop, step }.alloc(cx.ts));
            }

            Opcode::BinaryAdd => match operators::add_small(at.peek(2), at.peek(1)) {
                Some(sum) => {
                    at.pop();
                    at.poke(1, sum);
                }
                None => binary!(|cx: &mut Context<'_>, left, right| operators::binary(
                    cx, operand, left, right
                )),
            },
            Opcode::BinarySubtract => match operators::subtract_small(at.peek(2), at.peek(1)) {
                Some(difference) => {
                    at.pop();
                    at.poke(1, difference);
                }
                None => binary!(|cx: &mut Context<'_>, left, right| operators::binary(
                    cx, operand, left, right
                )),
            },
            Opcode::BinaryOp => binary!(|cx: &mut Context<'_>, left, right| operators::binary(
                cx, operand, left, right
            )),
            Opcode::UnaryNegative => {
                unary!(|cx: &mut Context<'_>, value| operators::unary(cx, Unary::Negative, value));
            }
            Opcode::UnaryPositive => {
                unary!(|cx: &mut Context<'_>, value| operators::unary(cx, Unary::Positive, value));
            }
            Opcode::UnaryInvert => {
                unary!(|cx: &mut Context<'_>, value| operators::unary(cx, Unary::Invert, value));
            }
            Opcode::UnaryNot => {
                unary!(|cx: &mut Context<'_>, value| convert::is_true(cx, value)
                    .map(|truth| Value::bool(!truth)));
            }
            Opcode::CompareOp => {
                let comparison = Comparison::decode(operand);
                binary!(|cx: &mut Context<'_>, left, right| compare::rich(
                    cx, comparison, left, right
                )
                .map(Value::bool));
            }
            Opcode::IsOp => {
                let (right, left) = (at.pop(), at.pop());
                at.push(Value::bool((left == right) != (operand != 0)));
                cx.drop(left);
                cx.drop(right);
            }
            Opcode::ContainsOp => binary!(|cx: &mut Context<'_>, item, container| {
                subscript::contains(cx, container, item)
                    .map(|found| Value::bool(found != (operand != 0)))
            }),

            Opcode::BuildTuple => {
                let items = at.place(operand as usize);
                let tuple = cx.tuple(at.values(operand as usize));
                at.cut(items);
                at.push(tuple);
            }
            Opcode::BuildList => {
                let items = at.place(operand as usize);
                let list = list::new(cx.ts, at.values(operand as usize));
                at.cut(items);
                at.push(list);
            }
            Opcode::BuildMap => {
                let count = 2 * operand as usize;
                let (pairs, values) = (at.place(count), at.values(count));
                let result = statements::build_map(cx, values);
                at.cut(pairs);
                let dict = check!(result);
                at.push(dict);
            }
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
                consume!(1, |cx: &mut Context<'_>, values: &[Value]| {
                    statements::extend_display(cx, list, values[0])
                });
            }
            Opcode::ListToTuple => {
                unary!(statements::list_to_tuple);
            }
            Opcode::MapAdd => {
                let (value, key) = (at.pop(), at.pop());
                let map = at.peek(operand as usize);
                check!(statements::map_add(cx, map, key, value));
            }
            Opcode::DictUpdate => {
                let map = at.peek(operand as usize + 1);
                consume!(1, |cx: &mut Context<'_>, values: &[Value]| {
                    statements::dict_update(cx, map, values[0])
                });
            }
            Opcode::DictMerge => {
                let (map, function) =
                    (at.peek(operand as usize + 1), at.peek(operand as usize + 3));
                consume!(1, |cx: &mut Context<'_>, values: &[Value]| {
                    statements::dict_merge(cx, map, values[0], function)
                });
            }
            Opcode::UnpackSequence => {
                let value = at.pop();
                let items = iterator::unpack(cx, value, operand as usize);
                cx.drop(value);
                check!(items)
                    .into_iter()
                    .rev()
                    .for_each(|item| at.push(item));
            }
            Opcode::UnpackEx => {
                let (before, after) = ((operand & 0xff) as usize, (operand >> 8) as usize);
                let value = at.pop();
                let items = iterator::unpack_with_rest(cx, value, before, after);
                cx.drop(value);
                check!(items)
                    .into_iter()
                    .rev()
                    .for_each(|item| at.push(item));
            }

            Opcode::ConvertValue => {
                let conversion = Conversion::decode(operand);
                unary!(|cx: &mut Context<'_>, value| text::convert(cx, conversion, value));
            }
            Opcode::FormatSimple => {
                unary!(|cx: &mut Context<'_>, value| format::format(cx, value, ""));
            }
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
            Opcode::JumpIfFalseOrPop => {
                let value = at.peek(1);
                if check!(convert::is_true(cx, value)) {
                    at.pop();
                    cx.drop(value);
                } else {
                    at.jump(code, operand);
                }
            }
            Opcode::JumpIfTrueOrPop => {
                let value = at.peek(1);
                if check!(convert::is_true(cx, value)) {
                    at.jump(code, operand);
                } else {
                    at.pop();
                    cx.drop(value);
                }
            }
            Opcode::CompareJump => {
                let jump = CompareJump::decode(operand);
                let (left, right) = (at.peek(2), at.peek(1));
                let outcome = match compare::small(jump.comparison, left, right) {
                    Some(outcome) => {
                        at.pop();
                        at.pop();
                        outcome
                    }
                    None => consume!(2, |cx: &mut Context<'_>, values: &[Value]| {
                        compare::rich(cx, jump.comparison, values[0], values[1])
                    }),
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

            Opcode::ImportName => {
                let module = check!(statements::import(cx, code.names[operand as usize]));
                at.push(module);
            }
            Opcode::ImportFrom => {
                let module = at.peek(1);
                let value = check!(statements::import_from(
                    cx,
                    module,
                    code.names[operand as usize]
                ));
                at.push(value);
            }

            Opcode::LoadAssertionError => at.push(cx.world().types.get(TypeId::AssertionError)),
            Opcode::RaiseVarargs => {
                let again = operand == 0;
                let (raised, cursor) = statements::raise(cx, at, operand);
                let cursor = cx.unwind(cursor, raised, !again)?;
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
                let (exception, class) = (at.peek(2), at.peek(1));
                let matches = check!(crate::eval::exception::matches(cx, exception, class));
                at.poke(1, Value::bool(matches));
                cx.drop(class);
            }
            Opcode::PopExcept => {
                let before = at.pop();
                let handled =
                    std::mem::replace(&mut cx.handled, (!before.is_none()).then_some(before));
                cx.drop_all(handled);
            }
            Opcode::WithEnter => {
                let manager = at.peek(1);
                let value = check!(statements::enter_manager(cx, manager));
                at.push(value);
            }
            Opcode::WithExit => {
                let manager = at.pop();
                let result = statements::exit_manager(cx, manager, None);
                cx.drop(manager);
                let answer = check!(result);
                cx.drop(answer);
            }
            Opcode::WithExceptStart => {
                let (manager, exception) = (at.peek(3), at.peek(1));
                let answer = check!(statements::exit_manager(cx, manager, Some(exception)));
                at.push(answer);
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

/// Gives back what a frame holds and goes on where it was called.
#[inline(always)]
fn leave_frame(cx: &mut Context<'_>, at: Cursor, value: Value) -> Left {
    let Some(frame) = cx.frames.pop() else {
        return Left::Done(value);
    };
    release(cx, at, &frame);
    if frame.entry {
        return Left::Done(value);
    }
    let mut cursor = cx.top_frame().cursor;
    cursor.cut(frame.result);
    cursor.push(value);
    Left::GoOn(cursor)
}

/// Drops the words between where the result goes and the top of the frame.
#[inline(always)]
fn release(cx: &Context<'_>, at: Cursor, frame: &Frame) {
    let mut rest = at;
    while rest.top() > frame.result {
        if let Some(value) = rest.pop_word() {
            cx.drop(value);
        }
    }
}

impl Context<'_> {
    /// The running frame.
    ///
    /// # Panics
    /// When no Python code is running.
    #[inline(always)]
    pub(in crate::eval) fn top_frame(&self) -> &Frame {
        self.frames.last().expect("a frame is running")
    }

    /// The globals of the code that is running, borrowed.
    pub(crate) fn globals(&self) -> Value {
        self.top_frame().globals
    }

    /// Finds the handler of an exception: in this frame, or in those that called it. `new` says that the exception
    /// comes from the current instruction, which then becomes part of the traceback.
    #[cold]
    pub(in crate::eval) fn unwind(
        &mut self,
        at: Cursor,
        raised: Raised,
        new: bool,
    ) -> Outcome<Cursor> {
        let (mut at, mut new) = (at, new);
        loop {
            let code = self.top_frame().code;
            let index = at.index(code);
            if new {
                let entry = crate::eval::exception::Entry {
                    code,
                    instruction: index,
                };
                crate::eval::exception::passed(self.ts, &raised.0, entry);
            }
            if let Some(cursor) = self.handler(at, code, index) {
                let mut cursor = cursor;
                cursor.push(raised.0);
                return Ok(cursor);
            }
            let Some(frame) = self.frames.pop() else {
                return Err(raised);
            };
            release(self, at, &frame);
            if frame.entry {
                return Err(raised);
            }
            at = self.top_frame().cursor;
            // The caller's operands from the callable on were the callee's, and are gone with it.
            at.cut(frame.result);
            new = true;
        }
    }

    /// The start of the handler that covers an instruction, with the operands above what it keeps given back.
    fn handler(&self, at: Cursor, code: CodeRef, index: u32) -> Option<Cursor> {
        let handler = code.code.handler_at(index)?;
        let mut cursor = at;
        while cursor.depth(code) > handler.depth as usize {
            if let Some(value) = cursor.pop_word() {
                self.drop(value);
            }
        }
        cursor.jump(code, handler.target);
        Some(cursor)
    }
}
