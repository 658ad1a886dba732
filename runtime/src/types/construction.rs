//! What the evaluator must know to call classes and operators that are nothing special without leaving its loop.

use crate::compile::BinaryOperator;
use crate::eval::cx::Cx;
use crate::objects::header::Tag;
use crate::refs::Owned;
use crate::types::class::Class;
use crate::types::function::Function;
use crate::types::slots::{Dunder, Init, New};
use crate::types::{object, type_, user};

/// The `__init__` of a class, if calling the class makes an instance of `object` and passes it, with the arguments, to
/// that function, which is written in Python.
pub(crate) fn plain_init(cx: &Cx, class: &Class) -> Option<Owned> {
    let (new, init) = class.slot(|slots| (slots.new, slots.init));
    let is_plain = class.tag() == Tag::Instance
        && new.is_some_and(|new| std::ptr::fn_addr_eq(new, object::new as New))
        && init.is_some_and(|init| std::ptr::fn_addr_eq(init, user::init as Init))
        && type_::is_called_plainly(cx, class);
    if !is_plain || object::is_abstract(cx, class) {
        return None;
    }
    let init = class.lookup(cx, cx.world().names.dunder(Dunder::Init))?;
    init.borrow()
        .payload::<Function>()
        .is_some()
        .then_some(init)
}

/// The method of an operator between two instances of a class, if it is a function written in Python.
pub(crate) fn operator(cx: &Cx, class: &Class, operator: BinaryOperator) -> Option<Owned> {
    let method = class.lookup(cx, cx.world().names.dunder(dunder(operator)))?;
    let is_python = method.borrow().payload::<Function>().is_some();
    is_python.then_some(method)
}

fn dunder(operator: BinaryOperator) -> Dunder {
    use BinaryOperator as Op;
    match operator {
        Op::Add => Dunder::Add,
        Op::Subtract => Dunder::Sub,
        Op::Multiply => Dunder::Mul,
        Op::MatrixMultiply => Dunder::MatMul,
        Op::Divide => Dunder::TrueDiv,
        Op::Modulo => Dunder::Mod,
        Op::Power => Dunder::Pow,
        Op::LeftShift => Dunder::LShift,
        Op::RightShift => Dunder::RShift,
        Op::Or => Dunder::Or,
        Op::Xor => Dunder::Xor,
        Op::And => Dunder::And,
        Op::FloorDivide => Dunder::FloorDiv,
    }
}
