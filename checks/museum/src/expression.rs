//! Expressions over registers and numbers.

use std::collections::BTreeMap;

/// The registers of a thread; one that was never set is 0. Those of another thread have its name and a dot before theirs.
pub(crate) type Registers = BTreeMap<String, i64>;

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A number.
    Number(i64),
    /// A register.
    Register(String),
    /// `not`.
    Not(Box<Expression>),
    /// Two expressions and what is between them.
    Two(Box<Expression>, &'static str, Box<Expression>),
}

/// Binary operators, those that bind least first.
const LEVELS: [&[&str]; 4] = [
    &["or"],
    &["and"],
    &["==", "!=", "<=", ">=", "<", ">"],
    &["+", "-"],
];

impl Expression {
    /// What it comes to: a truth is 1 or 0.
    pub(crate) fn value(&self, registers: &Registers) -> i64 {
        match self {
            Expression::Number(number) => *number,
            Expression::Register(name) => registers.get(name).copied().unwrap_or(0),
            Expression::Not(inner) => i64::from(inner.value(registers) == 0),
            Expression::Two(left, operator, right) => {
                apply(operator, left.value(registers), right.value(registers))
            }
        }
    }

    /// What it comes to, with the other sign.
    pub(crate) fn negative(self) -> Self {
        Expression::Two(Box::new(Expression::Number(0)), "-", Box::new(self))
    }

    /// Reads an expression.
    ///
    /// # Errors
    /// The word that does not fit.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let words = words(text);
        let mut rest = words.as_slice();
        let expression = level(&mut rest, 0)?;
        match rest.first() {
            None => Ok(expression),
            Some(word) => Err(format!("`{word}` in `{text}`")),
        }
    }
}

fn apply(operator: &str, left: i64, right: i64) -> i64 {
    match operator {
        "or" => i64::from(left != 0 || right != 0),
        "and" => i64::from(left != 0 && right != 0),
        "==" => i64::from(left == right),
        "!=" => i64::from(left != right),
        "<=" => i64::from(left <= right),
        ">=" => i64::from(left >= right),
        "<" => i64::from(left < right),
        ">" => i64::from(left > right),
        "+" => left.wrapping_add(right),
        _ => left.wrapping_sub(right),
    }
}

fn level(rest: &mut &[String], depth: usize) -> Result<Expression, String> {
    let Some(operators) = LEVELS.get(depth) else {
        return unit(rest);
    };
    let mut left = level(rest, depth + 1)?;
    while let Some(operator) = operators
        .iter()
        .find(|operator| rest.first().is_some_and(|word| word == *operator))
    {
        *rest = &rest[1..];
        let right = level(rest, depth + 1)?;
        left = Expression::Two(Box::new(left), operator, Box::new(right));
    }
    Ok(left)
}

fn unit(rest: &mut &[String]) -> Result<Expression, String> {
    let (word, after) = rest.split_first().ok_or("the end of an expression")?;
    *rest = after;
    match word.as_str() {
        "not" => Ok(Expression::Not(Box::new(unit(rest)?))),
        "(" => {
            let inner = level(rest, 0)?;
            let closed = rest.first().is_some_and(|word| word == ")");
            *rest = rest.get(1..).unwrap_or_default();
            if closed {
                Ok(inner)
            } else {
                Err("an open bracket".to_owned())
            }
        }
        word if word.starts_with(|first: char| first.is_ascii_digit()) => word
            .parse()
            .map(Expression::Number)
            .map_err(|_| word.to_owned()),
        word if word.starts_with(char::is_alphabetic) => Ok(Expression::Register(word.to_owned())),
        word => Err(format!("`{word}`")),
    }
}

/// Splits into names, numbers, operators and brackets.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = None;
    for sign in text.chars() {
        let kind = kind(sign);
        match words.last_mut() {
            Some(word) if kind.is_some() && kind == last => word.push(sign),
            _ if kind.is_some() || "()+-".contains(sign) => words.push(sign.to_string()),
            _ => {}
        }
        last = kind;
    }
    words
}

/// What goes together: letters and digits, or the signs of a comparison; anything else stands alone.
fn kind(sign: char) -> Option<u8> {
    match sign {
        sign if sign.is_alphanumeric() || sign == '_' || sign == '.' => Some(0),
        '=' | '!' | '<' | '>' => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> i64 {
        let registers = Registers::from([("a".to_owned(), 2), ("other.b".to_owned(), 5)]);
        Expression::read(text)
            .expect("it can be read")
            .value(&registers)
    }

    #[test]
    fn operators_bind_as_they_do_everywhere() {
        assert_eq!(value("1 + a - 4"), -1);
        assert_eq!(value("a + 3 == other.b and not (a > 2)"), 1);
        assert_eq!(value("a == 1 or a != 2"), 0);
        assert_eq!(value("unset"), 0);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for text in ["", "1 +", "(1", "1 2", "a ? b"] {
            assert!(Expression::read(text).is_err(), "{text}");
        }
    }
}
