//! A format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.

use std::iter::Peekable;
use std::str::Chars;

/// Where padding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
    Center,
    /// Between sign and digits.
    AfterSign,
}

/// Why a specification is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    Invalid,
    NoPrecision,
    TooManyDigits,
    BothSeparators,
}

impl Problem {
    pub(super) fn message(self, specification: &str, kind: &str) -> String {
        match self {
            Problem::Invalid => {
                format!("Invalid format specifier '{specification}' for object of type '{kind}'")
            }
            Problem::NoPrecision => "Format specifier missing precision".into(),
            Problem::TooManyDigits => "Too many decimal digits in format string".into(),
            Problem::BothSeparators => "Cannot specify both ',' and '_'.".into(),
        }
    }
}

/// The parts of a specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Specification {
    pub(super) fill: char,
    pub(super) align: Option<Align>,
    pub(super) sign: Option<char>,
    /// Negative zero becomes positive.
    pub(super) no_negative_zero: bool,
    pub(super) alternate: bool,
    pub(super) zero: bool,
    pub(super) width: usize,
    pub(super) grouping: Option<char>,
    pub(super) precision: Option<usize>,
    pub(super) kind: Option<char>,
}

fn align(c: char) -> Option<Align> {
    match c {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        '=' => Some(Align::AfterSign),
        _ => None,
    }
}

fn number(characters: &mut Peekable<Chars<'_>>) -> Result<Option<usize>, Problem> {
    let mut digits = String::new();
    while let Some(digit) = characters.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    if digits.is_empty() {
        return Ok(None);
    }
    let parsed: i32 = digits.parse().map_err(|_| Problem::TooManyDigits)?;
    Ok(Some(parsed as usize))
}

impl Specification {
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let mut characters = text.chars().peekable();
        let (fill, alignment) = fill_and_align(&mut characters);
        let sign = characters.next_if(|c| "+- ".contains(*c));
        let no_negative_zero = characters.next_if_eq(&'z').is_some();
        let alternate = characters.next_if_eq(&'#').is_some();
        let zero = characters.next_if_eq(&'0').is_some();
        let width = number(&mut characters)?.unwrap_or(0);
        let grouping = characters.next_if(|c| ",_".contains(*c));
        if grouping.is_some() && characters.next_if(|c| ",_".contains(*c)).is_some() {
            return Err(Problem::BothSeparators);
        }
        let precision = match characters.next_if_eq(&'.') {
            Some(_) => Some(number(&mut characters)?.ok_or(Problem::NoPrecision)?),
            None => None,
        };
        let kind = characters.next();
        if characters.next().is_some() {
            return Err(Problem::Invalid);
        }
        let fill = fill.unwrap_or(if zero { '0' } else { ' ' });
        let align = alignment.or(zero.then_some(Align::AfterSign));
        Ok(Self {
            fill,
            align,
            sign,
            no_negative_zero,
            alternate,
            zero,
            width,
            grouping,
            precision,
            kind,
        })
    }

    /// Why text cannot be formatted with it, if so.
    pub(super) fn text_problem(&self) -> Option<String> {
        match self.kind {
            Some(kind) if kind != 's' => {
                return Some(format!(
                    "Unknown format code '{kind}' for object of type 'str'"
                ));
            }
            _ => {}
        }
        if let Some(sign) = self.sign {
            let name = if sign == ' ' { "Space" } else { "Sign" };
            return Some(format!("{name} not allowed in string format specifier"));
        }
        if self.alternate {
            return Some("Alternate form (#) not allowed in string format specifier".into());
        }
        if self.align == Some(Align::AfterSign) && !self.zero {
            return Some("'=' alignment not allowed in string format specifier".into());
        }
        self.grouping
            .map(|separator| format!("Cannot specify '{separator}' with 's'."))
    }

    /// Text filled up to the width.
    pub(super) fn pad(&self, text: &str, default: Align) -> String {
        let missing = self.width.saturating_sub(text.chars().count());
        let align = self.align.unwrap_or(default);
        let before = match align {
            Align::Left => 0,
            Align::Right => missing,
            Align::Center => missing / 2,
            Align::AfterSign if default == Align::Left => 0,
            Align::AfterSign => missing,
        };
        let fill = |count: usize| std::iter::repeat_n(self.fill, count);
        fill(before)
            .chain(text.chars())
            .chain(fill(missing - before))
            .collect()
    }
}

fn fill_and_align(characters: &mut Peekable<Chars<'_>>) -> (Option<char>, Option<Align>) {
    let mut ahead = characters.clone();
    let (first, second) = (ahead.next(), ahead.next());
    if let Some(found) = second.and_then(align) {
        characters.next();
        characters.next();
        return (first, Some(found));
    }
    let found = first.and_then(align);
    if found.is_some() {
        characters.next();
    }
    (None, found)
}
