//! `format % values`, for strings and for bytes: the same language over characters or bytes.

use num_bigint::{BigInt, Sign};
use rustpython_literal::float::{format_exponent, format_fixed, format_general};
use rustpython_literal::format::Case;

use crate::text::Unit;

/// What the caller gives for a conversion.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// For `s`, `r`, `a` and `b`: text or bytes, cut to the precision.
    Text(Vec<u8>),
    /// For `c`: one character, or one byte.
    Character(Vec<u8>),
    /// For `d`, `i`, `u`, `o`, `x` and `X`.
    Integer(BigInt),
    /// For `e`, `f`, `g` and their capitals.
    Float(f64),
}

/// Where the values come from; its errors are the caller's exceptions.
pub trait Arguments {
    /// The caller's exception.
    type Error;

    /// The value of a mapping's key is the next one that is asked for.
    ///
    /// # Errors
    /// There is no mapping, or not this key.
    fn select(&mut self, key: &[u8]) -> Result<(), Self::Error>;

    /// The next value, for a `*`.
    ///
    /// # Errors
    /// There is none, or it is no integer of this size.
    fn star(&mut self) -> Result<isize, Self::Error>;

    /// The next value, as a conversion wants it.
    ///
    /// # Errors
    /// There is none, or it is of another type.
    fn convert(&mut self, conversion: char) -> Result<Argument, Self::Error>;

    /// The next value is not looked at: its conversion is refused behind this call.
    ///
    /// # Errors
    /// There is none.
    fn skip(&mut self) -> Result<(), Self::Error>;

    /// Asks for memory before a conversion takes it.
    ///
    /// # Errors
    /// There is not so much.
    fn room(&mut self, bytes: Option<usize>) -> Result<(), Self::Error>;

    /// The exception for a format that is refused: a `ValueError`.
    fn refuse(&mut self, error: Error) -> Self::Error;
}

/// Why a format is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// `%(` without its `)`.
    IncompleteKey,
    /// The format ends inside a conversion.
    Incomplete,
    /// A width beyond every string.
    WidthTooBig,
    /// A precision beyond a C `int`.
    PrecisionTooBig,
    /// A conversion that does not exist: its code and its place.
    Unsupported(u32, usize),
}

impl Error {
    /// CPython's message.
    #[must_use]
    pub fn message(self) -> String {
        match self {
            Error::IncompleteKey => "incomplete format key".into(),
            Error::Incomplete => "incomplete format".into(),
            Error::WidthTooBig => "width too big".into(),
            Error::PrecisionTooBig => "precision too big".into(),
            Error::Unsupported(code, place) => {
                let shown = char::from_u32(code)
                    .filter(|c| matches!(c, ' '..='~'))
                    .unwrap_or('?');
                format!("unsupported format character '{shown}' (0x{code:x}) at index {place}")
            }
        }
    }
}

/// A conversion's flags and sizes.
#[derive(Clone, Copy, Debug, Default)]
struct Conversion {
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

/// `format % values`, of WTF-8 in characters or of bytes; whether values are left over is the caller's question.
///
/// # Errors
/// What the values say, or the format through [`Arguments::refuse`].
pub fn printf<A: Arguments>(
    format: &[u8],
    unit: Unit,
    values: &mut A,
) -> Result<Vec<u8>, A::Error> {
    let mut out = Vec::with_capacity(format.len());
    let mut reader = Reader {
        format,
        at: 0,
        unit,
    };
    while let Some(length) = memchr::memchr(b'%', &format[reader.at..]) {
        out.extend_from_slice(&format[reader.at..reader.at + length]);
        reader.at += length + 1;
        reader.conversion(values, &mut out)?;
    }
    out.extend_from_slice(&format[reader.at..]);
    Ok(out)
}

struct Reader<'a> {
    format: &'a [u8],
    at: usize,
    unit: Unit,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    fn conversion<A: Arguments>(
        &mut self,
        values: &mut A,
        out: &mut Vec<u8>,
    ) -> Result<(), A::Error> {
        if self.peek() == Some(b'(') {
            let key = self.key().map_err(|error| values.refuse(error))?;
            values.select(&self.format[key])?;
        }
        let start = self.at;
        let mut conversion = self.flags();
        self.width(&mut conversion, values)?;
        self.precision(&mut conversion, values)?;
        self.at += usize::from(matches!(self.peek(), Some(b'h' | b'l' | b'L')));
        if self.at >= self.format.len() {
            return Err(values.refuse(Error::Incomplete));
        }
        let place = self.at;
        let is_bare = place == start;
        let (code, width) = self.unit.at(self.format, place);
        self.at += width;
        match char::from_u32(code).filter(|kind| self.knows(*kind)) {
            Some('%') if is_bare => out.push(b'%'),
            Some(kind) if kind != '%' => {
                let argument = values.convert(kind)?;
                values.room(conversion.room(kind))?;
                conversion.write(kind, argument, self.unit, out);
            }
            _ => {
                values.skip()?;
                let place = self.unit.count(&self.format[..place]);
                return Err(values.refuse(Error::Unsupported(code, place)));
            }
        }
        Ok(())
    }

    fn knows(&self, kind: char) -> bool {
        "%csradiouxXeEfFgG".contains(kind) || kind == 'b' && self.unit == Unit::Byte
    }

    /// Between parentheses, which may be nested.
    fn key(&mut self) -> Result<std::ops::Range<usize>, Error> {
        let start = self.at + 1;
        let mut depth = 0;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => continue,
            }
            if depth == 0 {
                return Ok(start..self.at - 1);
            }
        }
        Err(Error::IncompleteKey)
    }

    fn flags(&mut self) -> Conversion {
        let mut conversion = Conversion::default();
        while let Some(byte) = self.peek() {
            match byte {
                b'-' => conversion.left = true,
                b'+' => conversion.plus = true,
                b' ' => conversion.space = true,
                b'#' => conversion.alternate = true,
                b'0' => conversion.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        conversion
    }

    fn width<A: Arguments>(
        &mut self,
        conversion: &mut Conversion,
        values: &mut A,
    ) -> Result<(), A::Error> {
        if self.peek() == Some(b'*') {
            self.at += 1;
            let width = values.star()?;
            conversion.left |= width < 0;
            conversion.width = width.unsigned_abs();
            return Ok(());
        }
        match self.number(isize::MAX as usize) {
            Some(width) => conversion.width = width,
            None => return Err(values.refuse(Error::WidthTooBig)),
        }
        Ok(())
    }

    fn precision<A: Arguments>(
        &mut self,
        conversion: &mut Conversion,
        values: &mut A,
    ) -> Result<(), A::Error> {
        if self.peek() != Some(b'.') {
            return Ok(());
        }
        self.at += 1;
        let limit = i32::MAX as usize;
        let precision = if self.peek() == Some(b'*') {
            self.at += 1;
            Some(values.star()?.max(0) as usize).filter(|precision| *precision <= limit)
        } else {
            self.number(limit)
        };
        conversion.precision =
            Some(precision.ok_or_else(|| values.refuse(Error::PrecisionTooBig))?);
        Ok(())
    }

    /// Digits, of which there may be none; `None` beyond the limit.
    fn number(&mut self, limit: usize) -> Option<usize> {
        let mut value = 0usize;
        while let Some(digit) = self.peek().filter(u8::is_ascii_digit) {
            self.at += 1;
            value = value
                .checked_mul(10)?
                .checked_add(usize::from(digit - b'0'))?;
            if value > limit {
                return None;
            }
        }
        Some(value)
    }
}

impl Conversion {
    /// How many bytes padding and digits can take.
    fn room(&self, kind: char) -> Option<usize> {
        let digits = match kind {
            's' | 'r' | 'a' | 'b' => 0,
            _ => self.precision.unwrap_or(0),
        };
        self.width.checked_add(digits)
    }

    fn write(&self, kind: char, argument: Argument, unit: Unit, out: &mut Vec<u8>) {
        match argument {
            Argument::Text(text) => {
                let end = self
                    .precision
                    .map_or(text.len(), |count| unit.skip(&text, count));
                self.pad(&text[..end], unit, out);
            }
            Argument::Character(text) => self.pad(&text, unit, out),
            Argument::Integer(value) => self.integer(kind, &value, out),
            Argument::Float(value) => self.float(kind, value, out),
        }
    }

    fn pad(&self, text: &[u8], unit: Unit, out: &mut Vec<u8>) {
        let missing = self.width.saturating_sub(unit.count(text));
        let (before, behind) = if self.left {
            (0, missing)
        } else {
            (missing, 0)
        };
        out.resize(out.len() + before, b' ');
        out.extend_from_slice(text);
        out.resize(out.len() + behind, b' ');
    }

    fn integer(&self, kind: char, value: &BigInt, out: &mut Vec<u8>) {
        let (radix, prefix) = match kind {
            'o' => (8, "0o"),
            'x' => (16, "0x"),
            'X' => (16, "0X"),
            _ => (10, ""),
        };
        let mut digits = value.magnitude().to_str_radix(radix);
        if kind == 'X' {
            digits.make_ascii_uppercase();
        }
        let zeros = self.precision.unwrap_or(0).saturating_sub(digits.len());
        digits.insert_str(0, &"0".repeat(zeros));
        let prefix = if self.alternate { prefix } else { "" };
        self.number(value.sign() == Sign::Minus, prefix, &digits, out);
    }

    fn float(&self, kind: char, value: f64, out: &mut Vec<u8>) {
        let case = if kind.is_ascii_uppercase() {
            Case::Upper
        } else {
            Case::Lower
        };
        let precision = self.precision.unwrap_or(6);
        let (magnitude, alternate) = (value.abs(), self.alternate);
        let digits = match kind.to_ascii_lowercase() {
            'e' => format_exponent(precision, magnitude, case, alternate),
            'f' => format_fixed(precision, magnitude, case, alternate),
            _ => format_general(precision.max(1), magnitude, case, alternate, false),
        };
        self.number(
            value.is_sign_negative() && !value.is_nan(),
            "",
            &digits,
            out,
        );
    }

    fn number(&self, negative: bool, prefix: &str, digits: &str, out: &mut Vec<u8>) {
        let sign = match (negative, self.plus, self.space) {
            (true, ..) => "-",
            (_, true, _) => "+",
            (_, _, true) => " ",
            _ => "",
        };
        let filled = sign.len() + prefix.len() + digits.len();
        let zeros = if self.zero && !self.left {
            self.width.saturating_sub(filled)
        } else {
            0
        };
        let text = format!("{sign}{prefix}{}{digits}", "0".repeat(zeros));
        self.pad(text.as_bytes(), Unit::Byte, out);
    }
}

#[cfg(test)]
mod tests;
