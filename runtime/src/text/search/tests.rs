//! Values of CPython 3.14.

use proptest::prelude::*;

use super::*;

const CHARACTER: Unit = Unit::Character;
const NO_LIMIT: usize = usize::MAX;

fn pieces(text: &str, ranges: Vec<Range<usize>>) -> Vec<&str> {
    ranges.into_iter().map(|range| &text[range]).collect()
}

#[test]
fn finding() {
    let text = "aéaéa".as_bytes();
    assert_eq!(
        (find(text, "é".as_bytes()), rfind(text, b"a")),
        (Some(1), Some(6))
    );
    assert_eq!((find(text, b""), rfind(text, b"")), (Some(0), Some(7)));
    assert_eq!(find(text, b"b"), None);
    assert_eq!(count(text, b"", CHARACTER), 6);
    assert_eq!(count(b"aaaa", b"aa", Unit::Byte), 2);
    assert_eq!(partition(b"a=b=c", b"="), Some([0..1, 1..2, 2..5]));
    assert_eq!(rpartition(b"a=b=c", b"="), Some([0..3, 3..4, 4..5]));
}

#[test]
fn replacing() {
    let replaced = |old: &str, new: &str, limit| {
        String::from_utf8(replace(
            "aéa".as_bytes(),
            old.as_bytes(),
            new.as_bytes(),
            limit,
            CHARACTER,
        ))
        .unwrap()
    };
    assert_eq!(replaced("a", "xy", NO_LIMIT), "xyéxy");
    assert_eq!(replaced("a", "", 1), "éa");
    assert_eq!(replaced("", "-", NO_LIMIT), "-a-é-a-");
    assert_eq!(replaced("", "-", 2), "-a-éa");
    assert_eq!(replace(b"", b"", b"x", NO_LIMIT, CHARACTER), b"x");
}

#[test]
fn splitting() {
    let text = " a\u{2003}b  é ";
    let bytes = text.as_bytes();
    assert_eq!(
        pieces(text, split_space(bytes, NO_LIMIT, CHARACTER)),
        ["a", "b", "é"]
    );
    assert_eq!(
        pieces(text, split_space(bytes, 1, CHARACTER)),
        ["a", "b  é "]
    );
    assert_eq!(
        pieces(text, rsplit_space(bytes, 1, CHARACTER)),
        [" a\u{2003}b", "é"]
    );
    assert_eq!(
        pieces(text, rsplit_space(bytes, 0, CHARACTER)),
        [" a\u{2003}b  é"]
    );
    assert_eq!(
        pieces(",a,,b", split(b",a,,b", b",", NO_LIMIT)),
        ["", "a", "", "b"]
    );
    assert_eq!(pieces(",a,,b", split(b",a,,b", b",", 2)), ["", "a", ",b"]);
    assert_eq!(pieces("a,,b", rsplit(b"a,,b", b",", 1)), ["a,", "b"]);
    assert_eq!(pieces("aaa", rsplit(b"aaa", b"aa", NO_LIMIT)), ["a", ""]);
    assert!(split_space(b" \x1c", NO_LIMIT, CHARACTER).is_empty());
    assert_eq!(split_space(b" \x1c", NO_LIMIT, Unit::Byte).len(), 1);
}

#[test]
fn lines() {
    let text = "a\r\nb\rc\n\u{2028}d\x1ce";
    let found = split_lines(text.as_bytes(), false, CHARACTER);
    assert_eq!(pieces(text, found), ["a", "b", "c", "", "d", "e"]);
    let found = split_lines(b"a\r\nb\x0bc\n", true, Unit::Byte);
    assert_eq!(pieces("a\r\nb\x0bc\n", found), ["a\r\n", "b\x0bc\n"]);
}

#[test]
fn stripping() {
    assert_eq!(strip("\u{3000}é ".as_bytes(), true, true, CHARACTER), 3..5);
    assert_eq!(strip(b"  ", true, true, CHARACTER), 2..2);
    assert_eq!(strip(b" a ", false, true, Unit::Byte), 0..2);
    assert_eq!(
        strip_set("éaéb".as_bytes(), "bé".as_bytes(), true, true, CHARACTER),
        2..3
    );
    assert_eq!(strip_set(b"xx", b"x", true, true, Unit::Byte), 2..2);
}

#[test]
fn padding() {
    let center = |text: &str, width| {
        String::from_utf8(center(text.as_bytes(), width, b"*", CHARACTER)).unwrap()
    };
    assert_eq!(
        (center("a", 4), center("ab", 5)),
        ("*a**".into(), "**ab*".into())
    );
    assert_eq!(center("é", 3), "*é*");
    assert_eq!(zero_fill(b"-5", 4, Unit::Byte), b"-005");
    assert_eq!(zero_fill(b"+", 3, Unit::Byte), b"+00");
    assert_eq!(zero_fill(b"-55", 2, Unit::Byte), b"-55");
    assert_eq!(
        justify_left(b"a", 3, "é".as_bytes(), CHARACTER),
        "aéé".as_bytes()
    );
    assert_eq!(
        expand_tabs("é\tb\n\tc".as_bytes(), 4, CHARACTER),
        "é   b\n    c".as_bytes()
    );
    assert_eq!(expand_tabs(b"a\tb", 0, Unit::Byte), b"ab");
}

proptest! {
    #[test]
    fn what_is_split_joins(text in "[a,é]{0,20}", limit in 0usize..5) {
        for ranges in [split(text.as_bytes(), b",", limit), rsplit(text.as_bytes(), b",", limit)] {
            prop_assert!(ranges.len() <= limit + 1);
            prop_assert_eq!(pieces(&text, ranges).join(","), text.clone());
        }
    }

    #[test]
    fn lines_with_their_ends_join(text: String) {
        prop_assert_eq!(pieces(&text, split_lines(text.as_bytes(), true, CHARACTER)).concat(), text.clone());
    }
}
