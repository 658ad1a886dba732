//! `_operator`: the language's operators as functions.

use crate::compile::{BinaryOperator as Op, Comparison};
use crate::eval::cx::Cx;
use crate::eval::ops::binary::{self, Sign};
use crate::eval::ops::{compare, iterate, number, subscript, truth};
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::define::module;
use crate::types::operator::digest;

/// Rows and functions of operators between two values.
macro_rules! operators {
    ($($name:ident = $cx:ident, $a:ident, $b:ident => $body:expr;)*) => {
        $(fn $name($cx: &Cx, $a: Ref<'_>, $b: Ref<'_>) -> Outcome {
            $body
        })*
    };
}

module! {
    pub(crate) OPERATOR = "_operator" {
        doc "The operators as functions.";
        types { AttrGetter, ItemGetter, MethodCaller }
        /// Whether a is true.
        static truth as truth_of(a, /);
        /// a in b, with the two turned round.
        static contains(a, b, /);
        /// The first place of b in a.
        static indexOf as index_of(a, b, /);
        /// How often b is in a.
        static countOf as count_of(a, b, /);
        /// a is b
        static is_(a, b, /);
        /// a is not b
        static is_not(a, b, /);
        /// a + b
        static add(a, b, /);
        /// a - b
        static sub(a, b, /);
        /// a * b
        static mul(a, b, /);
        /// a @ b
        static matmul(a, b, /);
        /// a // b
        static floordiv(a, b, /);
        /// a / b
        static truediv(a, b, /);
        /// a % b
        static r#mod as modulo(a, b, /);
        /// -a
        static neg(a, /);
        /// +a
        static pos(a, /);
        /// abs(a)
        static abs(a, /);
        /// ~a
        static inv as invert(a, /);
        /// ~a
        static invert(a, /);
        /// a << b
        static lshift(a, b, /);
        /// a >> b
        static rshift(a, b, /);
        /// not a
        static not_(a, /);
        /// a & b
        static and_(a, b, /);
        /// a ^ b
        static xor(a, b, /);
        /// a | b
        static or_(a, b, /);
        /// a += b
        static iadd(a, b, /);
        /// a -= b
        static isub(a, b, /);
        /// a *= b
        static imul(a, b, /);
        /// a @= b
        static imatmul(a, b, /);
        /// a //= b
        static ifloordiv(a, b, /);
        /// a /= b
        static itruediv(a, b, /);
        /// a %= b
        static imod(a, b, /);
        /// a <<= b
        static ilshift(a, b, /);
        /// a >>= b
        static irshift(a, b, /);
        /// a &= b
        static iand(a, b, /);
        /// a ^= b
        static ixor(a, b, /);
        /// a |= b
        static ior(a, b, /);
        /// a + b of two sequences
        static concat(a, b, /);
        /// a += b of two sequences
        static iconcat(a, b, /);
        /// a[b]
        static getitem(a, b, /);
        /// a[b] = c
        static setitem(a, b, c, /);
        /// del a[b]
        static delitem(a, b, /);
        /// a ** b
        static pow(a, b, /);
        /// a **= b
        static ipow(a, b, /);
        /// a < b
        static lt(a, b, /);
        /// a <= b
        static le(a, b, /);
        /// a == b
        static eq(a, b, /);
        /// a != b
        static ne(a, b, /);
        /// a > b
        static gt(a, b, /);
        /// a >= b
        static ge(a, b, /);
        /// a.__index__()
        static index(a, /);
        /// a is None
        static is_none(a, /);
        /// a is not None
        static is_not_none(a, /);
        /// How many items there are about; default where nobody knows.
        static length_hint(obj, default = Owned::NONE, /);
        /// obj(*args, **kwargs)
        static call(obj, /, *args, **kwargs);
        /// Whether two strings or bytes are equal, in a time that does not tell where they differ.
        static _compare_digest as digest(a, b, /);
    }
}

operators! {
    add = cx, a, b => binary::apply(cx, Op::Add, a, b);
    sub = cx, a, b => binary::apply(cx, Op::Subtract, a, b);
    mul = cx, a, b => binary::apply(cx, Op::Multiply, a, b);
    matmul = cx, a, b => binary::apply(cx, Op::MatrixMultiply, a, b);
    floordiv = cx, a, b => binary::apply(cx, Op::FloorDivide, a, b);
    truediv = cx, a, b => binary::apply(cx, Op::Divide, a, b);
    modulo = cx, a, b => binary::apply(cx, Op::Modulo, a, b);
    lshift = cx, a, b => binary::apply(cx, Op::LeftShift, a, b);
    rshift = cx, a, b => binary::apply(cx, Op::RightShift, a, b);
    and_ = cx, a, b => binary::apply(cx, Op::And, a, b);
    xor = cx, a, b => binary::apply(cx, Op::Xor, a, b);
    or_ = cx, a, b => binary::apply(cx, Op::Or, a, b);
    pow = cx, a, b => binary::apply(cx, Op::Power, a, b);
    iadd = cx, a, b => binary::in_place(cx, Op::Add, a, b);
    isub = cx, a, b => binary::in_place(cx, Op::Subtract, a, b);
    imul = cx, a, b => binary::in_place(cx, Op::Multiply, a, b);
    imatmul = cx, a, b => binary::in_place(cx, Op::MatrixMultiply, a, b);
    ifloordiv = cx, a, b => binary::in_place(cx, Op::FloorDivide, a, b);
    itruediv = cx, a, b => binary::in_place(cx, Op::Divide, a, b);
    imod = cx, a, b => binary::in_place(cx, Op::Modulo, a, b);
    ilshift = cx, a, b => binary::in_place(cx, Op::LeftShift, a, b);
    irshift = cx, a, b => binary::in_place(cx, Op::RightShift, a, b);
    iand = cx, a, b => binary::in_place(cx, Op::And, a, b);
    ixor = cx, a, b => binary::in_place(cx, Op::Xor, a, b);
    ior = cx, a, b => binary::in_place(cx, Op::Or, a, b);
    ipow = cx, a, b => binary::in_place(cx, Op::Power, a, b);
    lt = cx, a, b => compare::rich(cx, Comparison::Lt, a, b);
    le = cx, a, b => compare::rich(cx, Comparison::Le, a, b);
    eq = cx, a, b => compare::rich(cx, Comparison::Eq, a, b);
    ne = cx, a, b => compare::rich(cx, Comparison::Ne, a, b);
    gt = cx, a, b => compare::rich(cx, Comparison::Gt, a, b);
    ge = cx, a, b => compare::rich(cx, Comparison::Ge, a, b);
    getitem = cx, a, b => subscript::get(cx, a, b);
}

fn truth_of(cx: &Cx, a: Ref<'_>) -> Outcome<bool> {
    truth::is_true(cx, a)
}

fn not_(cx: &Cx, a: Ref<'_>) -> Outcome<bool> {
    truth::is_true(cx, a).map(|truth| !truth)
}

fn is_(_cx: &Cx, a: Ref<'_>, b: Ref<'_>) -> bool {
    a == b
}

fn is_not(_cx: &Cx, a: Ref<'_>, b: Ref<'_>) -> bool {
    a != b
}

fn is_none(_cx: &Cx, a: Ref<'_>) -> bool {
    a.is_none()
}

fn is_not_none(_cx: &Cx, a: Ref<'_>) -> bool {
    !a.is_none()
}

fn contains(cx: &Cx, a: Ref<'_>, b: Ref<'_>) -> Outcome<bool> {
    subscript::contains(cx, a, b)
}

/// Looks for a value among the items, until `stop`; says where that was.
fn search(cx: &Cx, a: Ref<'_>, b: Ref<'_>, mut stop: impl FnMut(bool) -> bool) -> Outcome<i64> {
    if !iterate::is_iterable(cx, a) {
        let kind = cx.type_name(a);
        return Err(cx.type_error(format!("argument of type '{kind}' is not iterable")));
    }
    let iterator = iterate::iter(cx, a)?;
    let mut index = 0;
    while let Some(item) = iterate::next(cx, iterator.borrow())? {
        if stop(compare::same(cx, item.borrow(), b)?) {
            return Ok(index);
        }
        index += 1;
    }
    Ok(-1)
}

fn index_of(cx: &Cx, a: Ref<'_>, b: Ref<'_>) -> Outcome<i64> {
    match search(cx, a, b, |same| same)? {
        -1 => Err(cx.value_error("sequence.index(x): x not in sequence")),
        index => Ok(index),
    }
}

fn count_of(cx: &Cx, a: Ref<'_>, b: Ref<'_>) -> Outcome<i64> {
    let mut count = 0;
    search(cx, a, b, |same| {
        count += i64::from(same);
        false
    })?;
    Ok(count)
}

fn neg(cx: &Cx, a: Ref<'_>) -> Outcome {
    binary::unary(cx, Sign::Negative, a)
}

fn pos(cx: &Cx, a: Ref<'_>) -> Outcome {
    binary::unary(cx, Sign::Positive, a)
}

fn invert(cx: &Cx, a: Ref<'_>) -> Outcome {
    binary::unary(cx, Sign::Invert, a)
}

fn abs(cx: &Cx, a: Ref<'_>) -> Outcome {
    match cx.class_of(a).slot(|slots| slots.absolute) {
        Some(absolute) => absolute(cx, a),
        None => {
            let kind = cx.type_name(a);
            Err(cx.type_error(format!("bad operand type for abs(): '{kind}'")))
        }
    }
}

/// Checks that a value is a sequence.
fn sequence(cx: &Cx, a: Ref<'_>) -> Outcome<()> {
    let is_sequence = cx.class_of(a).slot(|slots| slots.get_item.is_some());
    match is_sequence && !cx.is_instance(a, TypeId::Dict) {
        true => Ok(()),
        false => {
            let kind = cx.type_name(a);
            Err(cx.type_error(format!("'{kind}' object can't be concatenated")))
        }
    }
}

fn concat(cx: &Cx, a: Ref<'_>, b: Ref<'_>) -> Outcome {
    sequence(cx, a)?;
    binary::apply(cx, Op::Add, a, b)
}

fn iconcat(cx: &Cx, a: Ref<'_>, b: Ref<'_>) -> Outcome {
    sequence(cx, a)?;
    binary::in_place(cx, Op::Add, a, b)
}

fn setitem(cx: &Cx, a: Ref<'_>, b: Ref<'_>, c: Ref<'_>) -> Outcome<()> {
    subscript::set(cx, a, b, c)
}

fn delitem(cx: &Cx, a: Ref<'_>, b: Ref<'_>) -> Outcome<()> {
    subscript::delete(cx, a, b)
}

fn index(cx: &Cx, a: Ref<'_>) -> Outcome {
    number::integer(cx, a).map(|index| cx.big(index))
}

fn length_hint(cx: &Cx, object: Ref<'_>, default: Owned) -> Outcome {
    let default = match default.borrow().is_none() {
        true => cx.int(0),
        false if !cx.is_instance(default.borrow(), TypeId::Int) => {
            let kind = cx.type_name(default.borrow());
            return Err(cx.type_error(format!(
                "'{kind}' object cannot be interpreted as an integer"
            )));
        }
        false => default,
    };
    let hint = iterate::length_hint(cx, object)?;
    Ok(hint.map_or(default, |hint| cx.int(hint as i64)))
}

fn call(cx: &Cx, object: Ref<'_>, args: Ref<'_>, kwargs: Ref<'_>) -> Outcome {
    use crate::objects::dict::Dict;
    use crate::objects::tuple::Tuple;
    use crate::refs::{items, lend};
    use crate::types::store;
    let pairs = kwargs
        .downcast::<Dict>()
        .map_or(Vec::new(), |dict| store::dict_entries(cx, dict));
    let (names, values): (Vec<Owned>, Vec<Owned>) = pairs.into_iter().unzip();
    let args = Args {
        positional: args.downcast::<Tuple>().map_or(&[][..], items),
        names: lend(&names),
        keywords: lend(&values),
    };
    cx.call(object, args)
}
