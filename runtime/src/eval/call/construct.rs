//! Calls of classes whose instances are made by `object` and initialised by a function written in Python: the function
//! becomes a frame like any other, and what it leaves behind is the object.

use std::ptr::{self, NonNull};

use super::{Entry, target};
use crate::compile::Execution;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::frame::{After, Cursor, Top, Word};
use crate::refs::{Operand, Owned, Ref};
use crate::types::class::Class;
use crate::types::function::Function;
use crate::types::{construction, object, user};

impl Cx<'_> {
    /// A frame for `__init__`, if that is what calling the class at `callable` comes to. On the stack then lie, from
    /// `result` on: the new object, the function, and the arguments behind a borrowed object.
    pub(super) fn enter_init<'f>(
        &self,
        at: Cursor,
        result: NonNull<Word>,
        callable: NonNull<Word>,
        count: usize,
    ) -> Outcome<Option<Top<'f>>> {
        let Some(class) = Class::of(target(callable)) else {
            return Ok(None);
        };
        let Some(init) = construction::plain_init(self, class) else {
            return Ok(None);
        };
        let code = function(init.borrow()).code();
        // SAFETY: the frame begins two words above its result, and whether it fits is asked next.
        let slots = unsafe { result.add(2) };
        if code.simple_arguments != Some(count as u32 + 1)
            || code.code.execution != Execution::Plain
        {
            return Ok(None);
        }
        self.check_room(slots, code)?;
        let made = object::instance(self, class);
        let this = made.borrow().value();
        // SAFETY: the frame fits, and so do its arguments; `result` is the callable, or a gap below it.
        unsafe {
            ptr::copy(callable.add(1).as_ptr(), slots.add(1).as_ptr(), count);
            if let Some(class) = callable.replace(None) {
                class.discard(self.ts);
            }
            result.write(Some(made.into()));
            result.add(1).write(Some(init.into()));
            slots.write(Some(Operand::borrowed(this)));
        }
        // SAFETY: the function lies there until the frame above it has ended.
        let object = target(unsafe { result.add(1) });
        let entry = Entry {
            object,
            function: function(object),
            code,
            slots,
            filled: count + 1,
            result,
            locals: None,
            after: After::Makes,
        };
        self.enter(at, entry).map(Some)
    }

    /// What a call of a class gives whose `__init__` has returned a value.
    pub(in crate::eval) fn made(&self, result: NonNull<Word>, returned: Owned) -> Outcome {
        user::check_returned(self, returned.borrow())?;
        // SAFETY: the frame that ends has put the object there.
        let object = unsafe { result.replace(None) };
        Ok(object.map_or(Owned::NONE, Operand::into_owned))
    }
}

fn function(object: Ref<'_>) -> &Function {
    object.payload::<Function>().expect("a function")
}
