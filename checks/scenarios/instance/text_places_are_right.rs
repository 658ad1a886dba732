//! Whether every character of a text is found where it is.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::str::places::STRIDE;
use crate::rt::objects::str::{self, Str};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Shared, Stage, drop_ref};

const MADE: &str = "both threads asked for a character";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "instance_text_places_are_right",
    pillar: Pillar::Instance,
    question: "Is every character of a text found at its offset, and every offset at its character?",
    always: "Offsets and characters are those of the text.",
    sometimes: &[MADE],
    bound: Bound::Preemptions(2),
    body,
};

/// Characters of one to four bytes.
const MIXED: &str = "a\u{e9}\u{20ac}\u{1f600}bc\u{fffd}d\u{e9}";

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let long = MIXED.repeat(3 * STRIDE / 9 + 2);
    let text = Shared::<Str>::new(str::new(owner, &long));
    let (told, other, copy) = (claims.clone(), claims.clone(), long.clone());
    let stage = stage.run([
        Box::new(move |ts| {
            found(ts, &text, &long, 2 * STRIDE + 1, &told);
            told.sometimes(MADE, true);
        }),
        Box::new(move |ts| found(ts, &text, &copy, STRIDE, &other)),
    ]);
    let ts = stage.thread(0);
    compare(ts, &text, text.as_str(), claims);
    for short in ["", "abc", "\u{e9}", MIXED, &"x".repeat(STRIDE + 3)] {
        let made = str::new(ts, short);
        compare(ts, made.downcast().expect("a text"), short, claims);
        drop_ref(ts, made);
    }
    let exact = "\u{e9}".repeat(STRIDE);
    let made = str::new(ts, &exact);
    compare(ts, made.downcast().expect("a text"), &exact, claims);
    drop_ref(ts, made);
    surrogates(ts, claims);
    stage.finish(&[text.value()]);
}

/// Looks for the character and the offset at one place.
fn found(ts: &ThreadState, text: &Str, all: &str, index: usize, claims: &Claims) {
    let right = all
        .char_indices()
        .nth(index)
        .map_or(all.len(), |(at, _)| at);
    let offset = text.offset(ts, index);
    claims.always("the character is found", offset == right, || {
        format!("{offset} and not {right} for {index}")
    });
    if index <= text.len() {
        let back = text.index(ts, right);
        claims.always("the offset is found", back == index, || {
            format!("{back} and not {index} for {right}")
        });
    }
}

/// Looks at the places round the entries of the table, and at both ends.
fn compare(ts: &ThreadState, text: &Str, all: &str, claims: &Claims) {
    let count = all.chars().count();
    let is_empty = text.is_empty();
    claims.always(
        "it is as long",
        (text.len(), is_empty) == (count, count == 0),
        || format!("{} and not {count}", text.len()),
    );
    let near = |at: usize| {
        [
            at.saturating_sub(9),
            at.saturating_sub(1),
            at,
            at + 1,
            at + 8,
        ]
    };
    let ends = [0, STRIDE, 2 * STRIDE, 3 * STRIDE, count];
    for index in ends.into_iter().flat_map(near) {
        found(ts, text, all, index, claims);
    }
}

/// A long text with lone surrogates: each stands for itself, and is shown as one character.
fn surrogates(ts: &ThreadState, claims: &Claims) {
    let mut exact = "\u{e9}x".repeat(STRIDE / 2).into_bytes();
    exact.extend(b"\xed\xa0\x80a\xed\xbf\xbf\xed\x9f\xbf\xee\x80\x80");
    let shown = "\u{e9}x".repeat(STRIDE / 2) + "\u{fffd}a\u{fffd}\u{d7ff}\u{e000}";
    let made = str::from_wtf8(ts, &exact);
    let text: &Str = made.downcast().expect("a text");
    let right = text.has_surrogates() && text.as_bytes() == exact && text.as_str() == shown;
    claims.always("surrogates are kept", right, || text.as_str().to_owned());
    compare(ts, text, &shown, claims);
    drop_ref(ts, made);
    let broken = str::from_wtf8(ts, b"a\xff\xed\xa0");
    let text: &Str = broken.downcast().expect("a text");
    let right = !text.has_surrogates() && text.as_str().starts_with("a\u{fffd}");
    claims.always("what is no text is replaced", right, || {
        text.as_str().to_owned()
    });
    drop_ref(ts, broken);
    let joined = str::joined(ts, &["a\u{e9}", "", "b"], 3);
    let text: &Str = joined.downcast().expect("a text");
    let right = text.as_str() == "a\u{e9}b";
    claims.always("parts are joined", right, || text.as_str().to_owned());
    compare(ts, text, "a\u{e9}b", claims);
    drop_ref(ts, joined);
}
