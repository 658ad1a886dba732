//! The replacement fields of `str.format`: `{field!conversion:specification}` between literal text.

use crate::text::{Unit, Wtf8};

/// A literal piece, or a field that stands in for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text that stays as it is; doubled braces are single already.
    Literal(&'a Wtf8),
    /// A field.
    Field(Field<'a>),
}

/// A replacement field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// What names the value, for [`name`].
    pub name: &'a Wtf8,
    /// The code point behind `!`.
    pub conversion: Option<u32>,
    /// The specification, in which fields may stand, one level deep.
    pub specification: &'a Wtf8,
}

impl Field<'_> {
    /// Whether the specification has fields of its own.
    #[must_use]
    pub fn is_nested(&self) -> bool {
        self.specification.as_bytes().contains(&b'{')
    }
}

/// Why a template is refused: always a `ValueError`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// `}` alone.
    SingleClose,
    /// `{` at the end.
    SingleOpen,
    /// `{` inside a field's name.
    OpenInName,
    /// A field that never ends.
    NoClose,
    /// `!` at the end.
    NoConversion,
    /// More than one character behind `!`.
    LongConversion,
    /// A specification that never ends.
    OpenSpecification,
    /// `.` or `[]` without a name.
    EmptyAttribute,
    /// `[` without `]`.
    NoBracket,
    /// Something else behind `]`.
    AfterBracket,
    /// An index that no sequence has.
    TooManyDigits,
    /// `{}` after `{0}`.
    ManualToAutomatic,
    /// `{0}` after `{}`.
    AutomaticToManual,
    /// Fields more than two levels deep.
    TooDeep,
    /// A conversion other than `r`, `s` and `a`.
    UnknownConversion(u32),
}

impl Error {
    /// CPython's message.
    #[must_use]
    pub fn message(self) -> String {
        let text = match self {
            Error::SingleClose => "Single '}' encountered in format string",
            Error::SingleOpen => "Single '{' encountered in format string",
            Error::OpenInName => "unexpected '{' in field name",
            Error::NoClose => "expected '}' before end of string",
            Error::NoConversion => "end of string while looking for conversion specifier",
            Error::LongConversion => "expected ':' after conversion specifier",
            Error::OpenSpecification => "unmatched '{' in format spec",
            Error::EmptyAttribute => "Empty attribute in format string",
            Error::NoBracket => "Missing ']' in format string",
            Error::AfterBracket => "Only '.' or '[' may follow ']' in format field specifier",
            Error::TooManyDigits => "Too many decimal digits in format string",
            Error::ManualToAutomatic => {
                "cannot switch from manual field specification to automatic field numbering"
            }
            Error::AutomaticToManual => {
                "cannot switch from automatic field numbering to manual field specification"
            }
            Error::TooDeep => "Max string recursion exceeded",
            Error::UnknownConversion(code @ 0x21..0x7f) => {
                return format!("Unknown conversion specifier {}", char::from(code as u8));
            }
            Error::UnknownConversion(code) => {
                return format!("Unknown conversion specifier \\x{code:x}");
            }
        };
        text.into()
    }
}

/// The pieces of a template, in order; ends after an error.
#[must_use]
pub fn pieces(template: &Wtf8) -> Pieces<'_> {
    Pieces {
        template,
        at: 0,
        field: false,
    }
}

/// See [`pieces`].
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    template: &'a Wtf8,
    at: usize,
    /// Whether a field starts here, its brace already read.
    field: bool,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Result<Piece<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let piece = match self.field {
                true => self.field().map(Piece::Field),
                false if self.at == self.template.len() => return None,
                false => self.literal().map(Piece::Literal),
            };
            match piece {
                Ok(Piece::Literal(text)) if text.is_empty() => {}
                Ok(piece) => return Some(Ok(piece)),
                Err(error) => return Some(Err(self.end(error))),
            }
        }
    }
}

impl<'a> Pieces<'a> {
    fn end(&mut self, error: Error) -> Error {
        self.at = self.template.len();
        self.field = false;
        error
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.template.as_bytes().get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    /// Up to a field or behind the first of two equal braces.
    fn literal(&mut self) -> Result<&'a Wtf8, Error> {
        let start = self.at;
        let rest = &self.template.as_bytes()[start..];
        let Some(length) = memchr::memchr2(b'{', b'}', rest) else {
            self.at = self.template.len();
            return Ok(&self.template[start..]);
        };
        self.at = start + length + 1;
        let is_doubled = rest.get(length + 1) == Some(&rest[length]);
        match (rest[length], is_doubled, self.at == self.template.len()) {
            (_, true, _) => {
                self.at += 1;
                return Ok(&self.template[start..start + length + 1]);
            }
            (b'}', ..) => return Err(Error::SingleClose),
            (_, _, true) => return Err(Error::SingleOpen),
            _ => self.field = true,
        }
        Ok(&self.template[start..start + length])
    }

    fn field(&mut self) -> Result<Field<'a>, Error> {
        self.field = false;
        let start = self.at;
        let end = self.name_end()?;
        let name = &self.template[start..self.at - 1];
        let mut field = Field {
            name,
            conversion: None,
            specification: Wtf8::new(""),
        };
        if end == b'}' || end == b'!' && self.conversion(&mut field)? {
            return Ok(field);
        }
        field.specification = self.specification()?;
        Ok(field)
    }

    /// Behind the brace, colon or exclamation mark that ends a name.
    fn name_end(&mut self) -> Result<u8, Error> {
        while let Some(byte) = self.take() {
            match byte {
                b'{' => return Err(Error::OpenInName),
                b'}' | b':' | b'!' => return Ok(byte),
                b'[' => self.skip_index(),
                _ => {}
            }
        }
        Err(Error::NoClose)
    }

    /// Up to the bracket that ends an index, in which braces and colons mean nothing.
    fn skip_index(&mut self) {
        let rest = &self.template.as_bytes()[self.at..];
        self.at += memchr::memchr(b']', rest).unwrap_or(rest.len());
    }

    /// Whether the field ends behind its conversion.
    fn conversion(&mut self, field: &mut Field<'a>) -> Result<bool, Error> {
        let bytes = self.template.as_bytes();
        if self.at == bytes.len() {
            return Err(Error::NoConversion);
        }
        let (code, width) = Unit::Character.at(bytes, self.at);
        field.conversion = Some(code);
        self.at += width;
        match self.take() {
            Some(b'}') => Ok(true),
            Some(b':') => Ok(false),
            Some(_) => Err(Error::LongConversion),
            None => Err(Error::OpenSpecification),
        }
    }

    fn specification(&mut self) -> Result<&'a Wtf8, Error> {
        let (start, mut depth) = (self.at, 1);
        while let Some(byte) = self.take() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => continue,
            }
            if depth == 0 {
                return Ok(&self.template[start..self.at - 1]);
            }
        }
        Err(Error::OpenSpecification)
    }
}

/// The value that a field starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First<'a> {
    /// `{}`: the next argument.
    Next,
    /// `{0}`: an argument by its place.
    Place(usize),
    /// `{name}`: an argument by its name.
    Name(&'a Wtf8),
}

/// A step from a value to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// `.name`
    Attribute(&'a Wtf8),
    /// `[0]`
    Index(usize),
    /// `[name]`
    Key(&'a Wtf8),
}

/// A field's name: where it starts, and the steps from there.
///
/// # Errors
/// An index beyond every sequence; the steps may hold errors of their own.
pub fn name(text: &Wtf8) -> Result<(First<'_>, Steps<'_>), Error> {
    let bytes = text.as_bytes();
    let end = memchr::memchr2(b'.', b'[', bytes).unwrap_or(bytes.len());
    let first = match (end, place(&bytes[..end])?) {
        (0, _) => First::Next,
        (_, Some(place)) => First::Place(place),
        (_, None) => First::Name(&text[..end]),
    };
    Ok((first, Steps { rest: &text[end..] }))
}

/// The number that digits are; `None` if there is anything else.
fn place(text: &[u8]) -> Result<Option<usize>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let mut value = 0usize;
    for byte in text {
        if !byte.is_ascii_digit() {
            return Ok(None);
        }
        let sum = value
            .checked_mul(10)
            .and_then(|value| value.checked_add(usize::from(byte - b'0')));
        value = sum
            .filter(|sum| *sum <= isize::MAX as usize)
            .ok_or(Error::TooManyDigits)?;
    }
    Ok(Some(value))
}

/// See [`name`].
#[derive(Clone, Debug)]
pub struct Steps<'a> {
    rest: &'a Wtf8,
}

impl<'a> Iterator for Steps<'a> {
    type Item = Result<Step<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = std::mem::take(&mut self.rest);
        match rest.as_bytes().first()? {
            b'.' => Some(self.attribute(&rest[1..])),
            b'[' => Some(self.index(&rest[1..])),
            _ => Some(Err(Error::AfterBracket)),
        }
    }
}

impl<'a> Steps<'a> {
    fn attribute(&mut self, text: &'a Wtf8) -> Result<Step<'a>, Error> {
        let end = memchr::memchr2(b'.', b'[', text.as_bytes()).unwrap_or(text.len());
        self.rest = &text[end..];
        match end {
            0 => Err(Error::EmptyAttribute),
            end => Ok(Step::Attribute(&text[..end])),
        }
    }

    fn index(&mut self, text: &'a Wtf8) -> Result<Step<'a>, Error> {
        let end = memchr::memchr(b']', text.as_bytes()).ok_or(Error::NoBracket)?;
        self.rest = &text[end + 1..];
        match (end, place(&text.as_bytes()[..end])?) {
            (0, _) => Err(Error::EmptyAttribute),
            (_, Some(place)) => Ok(Step::Index(place)),
            (_, None) => Ok(Step::Key(&text[..end])),
        }
    }
}

/// Counts the fields without a name, and refuses to mix them with numbered ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbering {
    next: usize,
    is_manual: bool,
}

impl Numbering {
    /// The argument that a field starts from: a place, or else a name.
    ///
    /// # Errors
    /// Both kinds of numbering in one template.
    pub fn resolve<'a>(&mut self, first: First<'a>) -> Result<Result<usize, &'a Wtf8>, Error> {
        match first {
            First::Name(name) => Ok(Err(name)),
            First::Next if self.is_manual => Err(Error::ManualToAutomatic),
            First::Place(_) if self.next > 0 => Err(Error::AutomaticToManual),
            First::Next => {
                self.next += 1;
                Ok(Ok(self.next - 1))
            }
            First::Place(place) => {
                self.is_manual = true;
                Ok(Ok(place))
            }
        }
    }
}

#[cfg(test)]
mod tests;
