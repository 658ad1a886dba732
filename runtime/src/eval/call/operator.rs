//! Operators of two instances of one class that are written in Python: the method becomes a frame like any other.

use crate::compile::{BinaryOperator, Execution, IN_PLACE};
use crate::eval::cx::Cx;
use crate::eval::dispatch::short::serve_requests;
use crate::eval::frame::{After, Cursor, Top};
use crate::eval::ops::binary;
use crate::eval::{Outcome, Raised};
use crate::objects::header::Tag;
use crate::refs::{Operand, Ref};
use crate::types::construction;
use crate::types::function::Function;

use super::Entry;

impl Cx<'_> {
    /// A frame for the method, if that is all that an operator between the two topmost operands comes to. Above them
    /// then lie the method and the arguments, which borrow from them.
    #[inline(always)]
    pub(in crate::eval) fn enter_operator<'f>(
        &self,
        at: Cursor,
        operand: u32,
    ) -> Outcome<Option<Top<'f>>> {
        let header = at.peek(2).header();
        match header.is_some_and(|left| left.tag() == Tag::Instance) {
            true if operand & IN_PLACE == 0 => self.enter_operator_of_instances(at, operand),
            _ => Ok(None),
        }
    }

    #[inline(never)]
    fn enter_operator_of_instances<'f>(
        &self,
        at: Cursor,
        operand: u32,
    ) -> Outcome<Option<Top<'f>>> {
        let (left, right) = (at.peek(2), at.peek(1));
        let class = self.class_of(left);
        if !class.same(self.class_of(right)) {
            return Ok(None);
        }
        let operator = BinaryOperator::decode(operand);
        let Some(method) = construction::operator(self, class, operator) else {
            return Ok(None);
        };
        let code = method.borrow().payload::<Function>().map(Function::code);
        let fits = code.filter(|code| {
            code.simple_arguments == Some(2) && code.code.execution == Execution::Plain
        });
        let Some(code) = fits else {
            return Ok(None);
        };
        let place = at.top();
        // SAFETY: whether the words fit is asked next.
        let slots = unsafe { place.add(1) };
        self.check_room(slots, code)?;
        // SAFETY: the frame fits; the operands lie below it until it has ended.
        let object: Ref<'_> = unsafe {
            place.write(Some(method.into()));
            slots.write(Some(Operand::borrowed(left.value())));
            slots.add(1).write(Some(Operand::borrowed(right.value())));
            super::target(place)
        };
        let entry = Entry {
            object,
            function: object.payload::<Function>().expect("a function"),
            code,
            slots,
            filled: 2,
            result: at.place(2),
            locals: None,
            after: After::Operates(operand as u8),
        };
        let top = self.enter(at, entry)?;
        serve_requests(self);
        Ok(Some(top))
    }

    /// The TypeError for an operator whose method, in the frame that ends, has returned `NotImplemented`.
    #[cold]
    pub(in crate::eval) fn refused_operator(&self, operands: Cursor, operand: u8) -> Raised {
        let operator = BinaryOperator::decode(u32::from(operand));
        let (left, right) = (operands.peek(2), operands.peek(1));
        binary::unsupported(self, operator, false, left, right)
    }
}
