//! `format % values`, of strings and of bytes.

use num_traits::ToPrimitive;

use crate::eval::cx::Cx;
use crate::eval::ops::{number, subscript, text};
use crate::eval::{Outcome, Raised};
use crate::objects::float::Float;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::text::printf::{self, Argument, Arguments};
use crate::text::{CodePoint, Unit, Wtf8Buf};
use crate::types::{TypeId, bytes};

/// `string % values`
pub(super) fn of_str(cx: &Cx, format: &[u8], values: Ref<'_>) -> Outcome {
    let made = run(cx, format, Unit::Character, values)?;
    Ok(cx.wtf8(&made))
}

/// `format % values` in characters or in bytes.
pub(crate) fn run(cx: &Cx, format: &[u8], unit: Unit, given: Ref<'_>) -> Outcome<Vec<u8>> {
    let mut values = Values {
        cx,
        unit,
        given,
        items: match given.downcast::<Tuple>() {
            Some(tuple) => items(tuple).iter().map(|item| item.own()).collect(),
            None => vec![given.own()],
        },
        next: 0,
        selected: None,
        is_selected: false,
        is_mapping: is_mapping(cx, given),
    };
    let made = printf::printf(format, unit, &mut values)?;
    if values.next < values.items.len() && !values.is_mapping {
        let what = if unit == Unit::Character {
            "string"
        } else {
            "bytes"
        };
        return Err(cx.type_error(format!(
            "not all arguments converted during {what} formatting"
        )));
    }
    Ok(made)
}

fn is_mapping(cx: &Cx, given: Ref<'_>) -> bool {
    let is_text = given.downcast::<Tuple>().is_some() || given.downcast::<Str>().is_some();
    !is_text
        && bytes::data(cx, given).is_none()
        && cx.class_of(given).slot(|slots| slots.get_item.is_some())
}

struct Values<'a> {
    cx: &'a Cx<'a>,
    unit: Unit,
    given: Ref<'a>,
    items: Vec<Owned>,
    next: usize,
    /// The value of the name that was given last, until it is taken.
    selected: Option<Owned>,
    is_selected: bool,
    is_mapping: bool,
}

impl Values<'_> {
    fn take(&mut self) -> Outcome<Owned> {
        if let Some(selected) = self.selected.take() {
            return Ok(selected);
        }
        // A value that was chosen by its name is the only one.
        let next = match self.is_selected {
            true => None,
            false => self.items.get(self.next),
        };
        self.next += 1;
        match next {
            Some(item) => Ok(item.clone()),
            None => Err(self.cx.type_error("not enough arguments for format string")),
        }
    }

    fn text(&self, conversion: char, value: Ref<'_>) -> Outcome<Vec<u8>> {
        let cx = self.cx;
        if self.unit == Unit::Byte && matches!(conversion, 's' | 'b') {
            let printed = cx.printed_bytes(value)?;
            return printed.ok_or_else(|| {
                let kind = cx.type_name(value);
                cx.type_error(format!(
                    "%b requires a bytes-like object, or an object that implements __bytes__, not '{kind}'"
                ))
            });
        }
        let made = match conversion {
            's' => text::str(cx, value)?,
            'r' if self.unit == Unit::Character => text::repr(cx, value)?,
            _ => text::ascii(cx, value)?,
        };
        Ok(made.borrow().layout::<Str>().as_bytes().to_vec())
    }

    fn character(&self, value: Ref<'_>) -> Outcome<Vec<u8>> {
        let cx = self.cx;
        if self.unit == Unit::Byte {
            return self.byte(value);
        }
        if let Some(text) = value.downcast::<Str>().filter(|text| text.len() == 1) {
            return Ok(text.as_bytes().to_vec());
        }
        let kind = || cx.type_name(value);
        let wrong = || format!("%c requires an int or a unicode character, not {}", kind());
        let code = number::integer(cx, value);
        let code = code
            .map_err(|raised| raised.instead(cx, &wrong()))?
            .to_u32();
        match code.and_then(CodePoint::from_u32) {
            Some(point) => Ok(Wtf8Buf::from(point).into_bytes()),
            None => Err(cx.error(TypeId::OverflowError, "%c arg not in range(0x110000)")),
        }
    }

    fn byte(&self, value: Ref<'_>) -> Outcome<Vec<u8>> {
        let cx = self.cx;
        if let Some(one) = bytes::data(cx, value).filter(|one| one.len() == 1) {
            return Ok(one);
        }
        if !number::is_index(cx, value) {
            let kind = cx.type_name(value);
            return Err(cx.type_error(format!(
                "%c requires an integer in range(256) or a single byte, not {kind}"
            )));
        }
        match number::integer(cx, value)?.to_u8() {
            Some(byte) => Ok(vec![byte]),
            None => Err(cx.error(TypeId::OverflowError, "%c arg not in range(256)")),
        }
    }

    fn integer(&self, conversion: char, value: Ref<'_>) -> Outcome<Argument> {
        let cx = self.cx;
        let is_decimal = matches!(conversion, 'd' | 'i' | 'u');
        if let (true, Some(float)) = (is_decimal, value.downcast::<Float>()) {
            return match crate::objects::number_hash::exact_integer(float.get().trunc()) {
                Some(number) => Ok(Argument::Integer(number)),
                None if float.get().is_nan() => {
                    Err(cx.value_error("cannot convert float NaN to integer"))
                }
                None => Err(cx.error(
                    TypeId::OverflowError,
                    "cannot convert float infinity to integer",
                )),
            };
        }
        let number = match is_decimal && crate::types::int::has_int(cx, value) {
            true => crate::types::int::convert(cx, value)
                .and_then(|int| number::integer(cx, int.borrow())),
            false => number::integer(cx, value),
        };
        let wanted = match is_decimal {
            true => "a real number",
            false => "an integer",
        };
        let kind = || cx.type_name(value);
        let wrong = || format!("%{conversion} format: {wanted} is required, not {}", kind());
        let number = number.map_err(|raised| raised.instead(cx, &wrong()))?;
        if is_decimal {
            crate::types::int::check_digits(cx, &number)?;
        }
        Ok(Argument::Integer(number))
    }
}

impl Arguments for Values<'_> {
    type Error = Raised;

    fn select(&mut self, key: &[u8]) -> Outcome<()> {
        let cx = self.cx;
        if !self.is_mapping {
            return Err(cx.type_error("format requires a mapping"));
        }
        let key = match self.unit {
            Unit::Byte => bytes::new(cx, key),
            Unit::Character => cx.wtf8(key),
        };
        self.is_selected = true;
        self.selected = Some(subscript::get(cx, self.given, key.borrow())?);
        Ok(())
    }

    fn star(&mut self) -> Outcome<isize> {
        let value = self.take()?;
        match number::exact_integer(value.borrow()) {
            Some(_) => Ok(number::index(self.cx, value.borrow())? as isize),
            None => Err(self.cx.type_error("* wants int")),
        }
    }

    fn convert(&mut self, conversion: char) -> Outcome<Argument> {
        let value = self.take()?;
        let value = value.borrow();
        match conversion {
            's' | 'r' | 'a' | 'b' => self.text(conversion, value).map(Argument::Text),
            'c' => self.character(value).map(Argument::Character),
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => number::real(self.cx, value).map(Argument::Float),
            _ => self.integer(conversion, value),
        }
    }

    fn skip(&mut self) -> Outcome<()> {
        self.take().map(drop)
    }

    fn room(&mut self, bytes: Option<usize>) -> Outcome<()> {
        self.cx.room_for(bytes)
    }

    fn refuse(&mut self, error: printf::Error) -> Raised {
        self.cx.value_error(error.message())
    }
}
