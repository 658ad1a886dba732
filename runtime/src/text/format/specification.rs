//! A format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision][grouping][type]`.

use crate::text::format::Error;
use crate::text::{CodePoint, Wtf8};

/// Where padding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// `<`: behind the text.
    Left,
    /// `>`: before the text.
    Right,
    /// `^`: on both sides.
    Center,
    /// `=`: between sign and digits.
    AfterSign,
}

/// What is formatted: it decides about defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `str`: to the left, type `s`.
    Text,
    /// `int` and `bool`: to the right, type `d`.
    Integer,
    /// `float` and `complex`: to the right, no type.
    Float,
}

/// The parts of a specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Specification {
    /// What padding consists of.
    pub fill: CodePoint,
    /// Where padding goes.
    pub align: Align,
    /// `+`, `-` or a space.
    pub sign: Option<char>,
    /// `z`: a negative zero becomes positive.
    pub no_negative_zero: bool,
    /// `#`
    pub alternate: bool,
    /// The least width.
    pub width: usize,
    /// The separator of the digits before the point.
    pub grouping: Option<char>,
    /// The precision.
    pub precision: Option<usize>,
    /// The separator of the digits behind the point.
    pub fraction_grouping: Option<char>,
    /// The type; `None` is a float's own form.
    pub kind: Option<char>,
}

impl Specification {
    /// Reads a specification.
    ///
    /// # Errors
    /// What CPython refuses before it looks at the value.
    pub fn parse(text: &Wtf8, of: Kind) -> Result<Self, Error> {
        let points: Vec<CodePoint> = text.code_points().collect();
        let mut reader = Reader { rest: &points };
        let (fill, align) = reader.fill_and_align();
        let sign = reader.one_of("+- ");
        let no_negative_zero = reader.one_of("z").is_some();
        let alternate = reader.one_of("#").is_some();
        let zero = fill.is_none() && reader.one_of("0").is_some();
        let width = reader.number()?.unwrap_or(0);
        let grouping = reader.grouping()?;
        let (precision, fraction_grouping) = reader.precision()?;
        let default = if of == Kind::Text {
            Align::Left
        } else {
            Align::Right
        };
        let padded = if zero && of != Kind::Text {
            Align::AfterSign
        } else {
            default
        };
        let specification = Self {
            fill: fill.unwrap_or(if zero { '0' } else { ' ' }.into()),
            align: align.unwrap_or(padded),
            sign,
            no_negative_zero,
            alternate,
            width,
            grouping,
            precision,
            fraction_grouping,
            kind: reader.kind()?.or(of.default_type()),
        };
        specification.check_separators()?;
        Ok(specification)
    }

    /// How many bytes the padding and the digits that are asked for can take.
    #[must_use]
    pub fn room(&self) -> Option<usize> {
        let digits = match (self.kind, self.precision) {
            (Some('s'), _) | (_, None) => 0,
            // Refused before anything is made.
            (_, Some(precision)) if precision > i32::MAX as usize => 0,
            (_, Some(precision)) => precision,
        };
        self.width
            .checked_mul(self.fill.len_wtf8())?
            .checked_add(digits)
    }

    fn check_separators(&self) -> Result<(), Error> {
        let kind = self.kind.unwrap_or('g');
        if let Some(separator) = self.grouping {
            let allowed = "defgEG%F".contains(kind) || separator == '_' && "boxX".contains(kind);
            if !allowed {
                return Err(Error::Separator(separator, kind));
            }
        }
        match self.fraction_grouping {
            Some(separator) if kind == 'n' => Err(Error::Separator(separator, kind)),
            _ => Ok(()),
        }
    }
}

impl Kind {
    fn default_type(self) -> Option<char> {
        match self {
            Kind::Text => Some('s'),
            Kind::Integer => Some('d'),
            Kind::Float => None,
        }
    }
}

fn align(point: CodePoint) -> Option<Align> {
    match point.to_char()? {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        '=' => Some(Align::AfterSign),
        _ => None,
    }
}

/// What is left of a specification.
struct Reader<'a> {
    rest: &'a [CodePoint],
}

impl Reader<'_> {
    fn one_of(&mut self, characters: &str) -> Option<char> {
        let (first, rest) = self.rest.split_first()?;
        let found = first.to_char().filter(|c| characters.contains(*c))?;
        self.rest = rest;
        Some(found)
    }

    fn fill_and_align(&mut self) -> (Option<CodePoint>, Option<Align>) {
        if let [fill, second, rest @ ..] = self.rest
            && let Some(found) = align(*second)
        {
            self.rest = rest;
            return (Some(*fill), Some(found));
        }
        let found = self.rest.first().copied().and_then(align);
        self.rest = &self.rest[usize::from(found.is_some())..];
        (None, found)
    }

    fn number(&mut self) -> Result<Option<usize>, Error> {
        let mut value = None;
        while let Some(digit) = self.one_of("0123456789") {
            let digit = digit as usize - '0' as usize;
            let sum = value
                .unwrap_or(0usize)
                .checked_mul(10)
                .and_then(|value| value.checked_add(digit));
            let sum = sum.filter(|sum| *sum <= isize::MAX as usize);
            value = Some(sum.ok_or(Error::TooManyDigits)?);
        }
        Ok(value)
    }

    fn grouping(&mut self) -> Result<Option<char>, Error> {
        let found = self.one_of(",").or_else(|| self.one_of("_"));
        let other = match found {
            Some(',') => "_",
            Some(_) => ",",
            None => "",
        };
        match self.one_of(other) {
            Some(_) => Err(Error::BothSeparators),
            None => Ok(found),
        }
    }

    fn precision(&mut self) -> Result<(Option<usize>, Option<char>), Error> {
        if self.one_of(".").is_none() {
            return Ok((None, None));
        }
        let precision = self.number()?;
        let grouping = self.grouping()?;
        match (precision, grouping) {
            (None, None) => Err(Error::NoPrecision),
            found => Ok(found),
        }
    }

    fn kind(&mut self) -> Result<Option<char>, Error> {
        match self.rest {
            [] => Ok(None),
            [kind] => Ok(Some(kind.to_char_lossy())),
            _ => Err(Error::Invalid),
        }
    }
}
