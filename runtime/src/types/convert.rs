//! Conversions between Python values and the Rust types of declared functions.

use num_bigint::BigInt;

use crate::eval::cx::Cx;
use crate::eval::ops;
use crate::eval::{Outcome, Raised};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::params::{Param, Passing};

/// The value of a Rust parameter, from a Python argument.
pub(crate) trait Take<'a>: Sized {
    /// Converts an argument.
    ///
    /// # Errors
    /// It has the wrong type or is out of range.
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self>;

    /// The same where messages say which parameter it is.
    ///
    /// # Errors
    /// As for [`Self::take`].
    #[inline]
    fn take_at(cx: &Cx, value: Ref<'a>, _spot: impl Fn() -> Spot) -> Outcome<Self> {
        Self::take(cx, value)
    }
}

/// A parameter of a declared function, for messages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub(crate) function: &'static str,
    pub(crate) params: &'static [Param],
    /// Whether the first parameter is the receiver.
    pub(crate) receives: bool,
    pub(crate) index: usize,
}

impl Spot {
    /// The exception for an argument of the wrong type.
    #[cold]
    pub(crate) fn refuse(self, cx: &Cx, wanted: &str, value: Ref<'_>) -> Raised {
        let hidden = usize::from(self.receives);
        let param = self.params[self.index];
        let which = match param.passing {
            Passing::Positional if self.params.len() - hidden == 1 => "argument".to_owned(),
            Passing::Positional => format!("argument {}", self.index + 1 - hidden),
            _ => format!("argument '{}'", param.name),
        };
        let given = match value.is_none() {
            true => "None".to_owned(),
            false => cx.type_name(value),
        };
        let function = self.function;
        cx.type_error(format!(
            "{function}() {which} must be {wanted}, not {given}"
        ))
    }
}

/// What the glue of a declared function calls for each parameter.
#[inline]
pub(crate) fn take<'a, T: Take<'a>>(
    cx: &Cx,
    value: Option<Ref<'a>>,
    spot: impl Fn() -> Spot,
) -> Outcome<T> {
    match value {
        Some(value) => T::take_at(cx, value, spot),
        None => Err(cx.error(TypeId::SystemError, "a parameter without a value")),
    }
}

/// The same for one with a default.
#[inline]
pub(crate) fn take_or<'a, T: Take<'a>>(
    cx: &Cx,
    value: Option<Ref<'a>>,
    spot: impl Fn() -> Spot,
    default: impl FnOnce() -> T,
) -> Outcome<T> {
    value.map_or_else(|| Ok(default()), |value| T::take_at(cx, value, spot))
}

/// The receiver of a method, whose class was checked: the layout is the type's.
#[inline]
pub(crate) fn receiver<'a, T: Receiver<'a>>(cx: &Cx, value: Option<Ref<'a>>) -> Outcome<T> {
    match value.and_then(T::receive) {
        Some(receiver) => Ok(receiver),
        None => Err(cx.error(TypeId::SystemError, "a method without its receiver")),
    }
}

/// What a method can take its receiver as.
pub(crate) trait Receiver<'a>: Sized {
    /// The receiver, if it has the layout.
    fn receive(value: Ref<'a>) -> Option<Self>;
}

/// Layouts of the objects below that methods get as their receiver.
macro_rules! receivers {
    ($($layout:path)*) => {
        $(impl<'a> Receiver<'a> for &'a $layout {
            #[inline]
            fn receive(value: Ref<'a>) -> Option<Self> {
                value.downcast()
            }
        })*
    };
}

receivers! {
    crate::objects::bytearray::Bytearray
    crate::objects::cell::Cell
    crate::objects::deque::Deque
    crate::objects::dict::Dict
    crate::objects::float::Float
    crate::objects::list::List
    crate::objects::range::Range
    crate::objects::str::Str
    crate::objects::tuple::Tuple
}

impl<'a> Receiver<'a> for Ref<'a> {
    #[inline]
    fn receive(value: Ref<'a>) -> Option<Self> {
        Some(value)
    }
}

impl<'a> Take<'a> for Ref<'a> {
    #[inline]
    fn take(_cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        Ok(value)
    }
}

impl<'a> Take<'a> for Owned {
    #[inline]
    fn take(_cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        Ok(value.own())
    }
}

/// `None` is nothing.
impl<'a, T: Take<'a>> Take<'a> for Option<T> {
    #[inline]
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        value.not_none().map(|value| T::take(cx, value)).transpose()
    }

    #[inline]
    fn take_at(cx: &Cx, value: Ref<'a>, spot: impl Fn() -> Spot) -> Outcome<Self> {
        let value = value.not_none();
        value.map(|value| T::take_at(cx, value, spot)).transpose()
    }
}

/// An argument that may be missing, which is not the same as `None`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given<'a>(pub(crate) Option<Ref<'a>>);

impl Given<'_> {
    /// No argument.
    pub(crate) const MISSING: Self = Self(None);
}

impl<'a> Take<'a> for Given<'a> {
    #[inline]
    fn take(_cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        Ok(Self(Some(value)))
    }
}

/// By `__index__`.
impl<'a> Take<'a> for i64 {
    #[inline]
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        ops::number::size(cx, value)
    }
}

/// By `__index__`.
impl<'a> Take<'a> for i32 {
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        let number = ops::number::integer(cx, value)?;
        i32::try_from(number).map_err(|_| {
            let message = "Python int too large to convert to C int";
            cx.error(TypeId::OverflowError, message)
        })
    }
}

/// By `__index__`.
impl<'a> Take<'a> for BigInt {
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        ops::number::integer(cx, value)
    }
}

/// By `__float__` or `__index__`.
impl<'a> Take<'a> for f64 {
    #[inline]
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        ops::number::real(cx, value)
    }
}

/// By its truth.
impl<'a> Take<'a> for bool {
    #[inline]
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        ops::truth::is_true(cx, value)
    }
}

impl<'a> Take<'a> for &'a Str {
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        value.downcast::<Str>().ok_or_else(|| {
            let kind = cx.type_name(value);
            cx.type_error(format!("argument must be str, not {kind}"))
        })
    }

    #[inline]
    fn take_at(cx: &Cx, value: Ref<'a>, spot: impl Fn() -> Spot) -> Outcome<Self> {
        let string = value.downcast::<Str>();
        string.ok_or_else(|| spot().refuse(cx, "str", value))
    }
}

/// Of a string, with U+FFFD for lone surrogates.
impl<'a> Take<'a> for &'a str {
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        <&Str>::take(cx, value).map(Str::as_str)
    }

    #[inline]
    fn take_at(cx: &Cx, value: Ref<'a>, spot: impl Fn() -> Spot) -> Outcome<Self> {
        <&Str>::take_at(cx, value, spot).map(Str::as_str)
    }
}

impl<'a> Take<'a> for &'a Class {
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        Class::of(value).ok_or_else(|| {
            let kind = cx.type_name(value);
            cx.type_error(format!("argument must be a type, not {kind}"))
        })
    }
}

/// What a native function may give.
pub(crate) trait Answer {
    /// As a Python value.
    ///
    /// # Errors
    /// The function's own.
    fn answer(self, cx: &Cx) -> Outcome;
}

impl<T: Answer> Answer for Outcome<T> {
    #[inline]
    fn answer(self, cx: &Cx) -> Outcome {
        self.and_then(|value| value.answer(cx))
    }
}

macro_rules! answers {
    ($($type:ty: $value:ident, $cx:ident => $answer:expr;)*) => {
        $(impl Answer for $type {
            #[inline]
            fn answer(self, $cx: &Cx) -> Outcome {
                let $value = self;
                Ok($answer)
            }
        })*
    };
}

answers! {
    Owned: value, _cx => value;
    Ref<'_>: value, _cx => value.own();
    (): _value, _cx => Owned::NONE;
    bool: value, _cx => Owned::bool(value);
    i64: value, cx => cx.int(value);
    usize: value, cx => cx.int(value as i64);
    f64: value, cx => cx.float(value);
    BigInt: value, cx => cx.big(value);
    String: value, cx => cx.str(&value);
    &str: value, cx => cx.str(value);
    Option<Owned>: value, _cx => value.unwrap_or(Owned::NONE);
    Vec<Owned>: value, cx => cx.list(value);
}
