//! What strings are on one thread.

use super::places::{STRIDE, count, skip};
use super::{Str, from_wtf8, joined, new};
use crate::objects::Value;
use crate::objects::rig::{drop_all, with_thread};

fn of(value: &Value) -> &Str {
    value.downcast().expect("a string")
}

/// A long text with characters of every width.
fn long() -> String {
    ["a", "\u{e9}", "\u{4e2d}", "\u{1f600}", "bcd"]
        .concat()
        .repeat(3 * STRIDE)
}

#[test]
fn places_of_characters_in_long_texts() {
    with_thread(|ts| {
        let text = long();
        let value = new(ts, &text);
        let string = of(&value);
        let offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        for (index, offset) in offsets.enumerate() {
            assert_eq!(string.offset(ts, index), offset);
            assert_eq!(string.index(ts, offset), index);
        }
        assert_eq!(string.offset(ts, usize::MAX), text.len());
        drop_all(ts, [value]);
    });
}

#[test]
fn short_and_plain_texts_need_no_table() {
    with_thread(|ts| {
        let (short, plain) = (new(ts, "a\u{e9}b"), new(ts, &"x".repeat(1000)));
        assert_eq!((of(&short).offset(ts, 2), of(&short).index(ts, 3)), (3, 2));
        assert_eq!(
            (of(&plain).offset(ts, 900), of(&plain).offset(ts, 2000)),
            (900, 1000)
        );
        assert!(of(&short).places().is_none() && of(&plain).places().is_none());
        drop_all(ts, [short, plain]);
    });
}

#[test]
fn lone_surrogates_are_kept_and_have_a_stand_in() {
    with_thread(|ts| {
        for exact in [
            b"a\xed\xa0\x80b".to_vec(),
            [long().as_bytes(), b"\xed\xb3\xbf"].concat(),
        ] {
            let value = from_wtf8(ts, &exact);
            let string = of(&value);
            assert!(string.has_surrogates() && !string.is_ascii());
            assert_eq!(string.as_bytes(), exact);
            assert_eq!(
                string.as_str(),
                String::from_utf8_lossy(&exact).replace("\u{fffd}\u{fffd}\u{fffd}", "\u{fffd}")
            );
            assert_eq!(string.len(), string.as_str().chars().count());
            assert_eq!(
                string.offset(ts, string.len() - 1),
                string.as_str().char_indices().last().unwrap().0
            );
            drop_all(ts, [value]);
        }
        let value = from_wtf8(ts, "\u{fffd}".as_bytes());
        assert!(!of(&value).has_surrogates());
        let broken = from_wtf8(ts, b"\xff");
        assert_eq!(of(&broken).as_str(), "\u{fffd}");
        drop_all(ts, [value, broken]);
    });
}

#[test]
fn parts_are_joined() {
    with_thread(|ts| {
        let value = joined(ts, &["a", "", "\u{e9}"], 2);
        assert_eq!((of(&value).as_str(), of(&value).len()), ("a\u{e9}", 2));
        drop_all(ts, [value]);
    });
}

#[test]
fn characters_are_counted_and_skipped() {
    let text = long();
    let bytes = text.as_bytes();
    assert_eq!(count(bytes), text.chars().count());
    for (index, (at, _)) in text.char_indices().enumerate().take(50) {
        assert_eq!(skip(bytes, 0, index), at);
    }
    assert_eq!(skip(bytes, 0, usize::MAX), bytes.len());
}
