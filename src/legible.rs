//! Texts from elsewhere, such as a saved file or a panic, as a terminal and a page can show them.
//!
//! What steers a terminal or turns the direction of writing is spelt out, where such a text is read or kept, so that
//! no form of a report need think of it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use reports::run::Row;

/// Whether a letter steers what shows it instead of being shown.
pub(crate) fn steers(letter: char) -> bool {
    let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    letter.is_control() || turns
}

/// The text, what steers spelt out as Rust spells it: `\u{1b}`. Line breaks and tabs stay.
pub(crate) fn text(text: &str) -> String {
    text.chars().fold(String::new(), |mut spelt, letter| {
        match must_be_spelt(letter) {
            true => spelt.extend(letter.escape_default()),
            false => spelt.push(letter),
        }
        spelt
    })
}

fn must_be_spelt(letter: char) -> bool {
    steers(letter) && !matches!(letter, '\n' | '\t')
}

/// The value with every text in it spelt so.
///
/// # Panics
/// When the value's JSON form cannot be read as such a value again.
fn of<T: Serialize + DeserializeOwned>(value: T) -> T {
    let mut json = serde_json::to_value(&value).expect("maps have string keys");
    match spell(&mut json) {
        true => serde_json::from_value(json).expect("only texts have changed"),
        false => value,
    }
}

/// A saved form, which anybody may have written, with every text in it spelt so. What is no JSON stays as it is, and so does
/// what has nothing to spell: an error then says at which line.
pub(crate) fn saved(written: String) -> String {
    let Ok(mut any) = serde_json::from_str(&written) else {
        return written;
    };
    match spell(&mut any) {
        true => any.to_string(),
        false => written,
    }
}

/// A row, what a claim, a panic or a witness says in it spelt so. What it has left is read by its checker only, and large.
pub(crate) fn row(mut row: Row) -> Row {
    let rest = row.rest.take();
    Row { rest, ..of(row) }
}

/// Spells every text in a value; says whether that changed any.
fn spell(value: &mut Value) -> bool {
    match value {
        Value::String(words) => spell_text(words),
        Value::Array(values) => values
            .iter_mut()
            .fold(false, |any, value| spell(value) | any),
        Value::Object(entries) => {
            let wild = |(name, _): (&String, _)| name.chars().any(must_be_spelt);
            let mut any = entries.iter().any(wild);
            if any {
                let old = std::mem::take(entries).into_iter();
                entries.extend(old.map(|(name, value)| (text(&name), value)));
            }
            for value in entries.values_mut() {
                any |= spell(value);
            }
            any
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn spell_text(words: &mut String) -> bool {
    let wild = words.chars().any(must_be_spelt);
    if wild {
        *words = text(words);
    }
    wild
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{of, text};

    #[test]
    fn what_steers_is_spelt_and_the_rest_stays() {
        assert_eq!(text("caf\u{e9}\n\ta\\b"), "caf\u{e9}\n\ta\\b");
        assert_eq!(text("\u{1b}[31m\r\u{9b}"), "\\u{1b}[31m\\r\\u{9b}");
        assert_eq!(text("a\u{202e}b\u{2028}"), "a\\u{202e}b\\u{2028}");
    }

    #[test]
    fn every_text_in_a_value_is_spelt() {
        let wild = BTreeMap::from([("\u{7}a".to_owned(), vec![Some("\u{1b}c".to_owned()), None])]);
        let spelt = BTreeMap::from([(
            "\\u{7}a".to_owned(),
            vec![Some("\\u{1b}c".to_owned()), None],
        )]);
        assert_eq!(of(wild), spelt);
        assert_eq!(of(spelt.clone()), spelt);
    }
}
