//! The bars of style that a program can hold. Each rule is shown to be able to fail, on a sample that breaks it.

mod circles;
mod facade;
mod functions;
mod header;
mod layers;
mod lexer;
mod orderings;
mod safety;
mod shape;
mod source;
mod tables;

use source::Source;

/// Fails with all complaints at once.
fn hold(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "{}\n", complaints.join("\n"));
}

/// Applies a rule to every file.
fn everywhere(rule: impl Fn(&Source) -> Vec<String>) {
    hold(source::all().iter().flat_map(rule).collect());
}

/// Whether the code contains this word, and not only inside a longer one.
fn has_word(code: &str, word: &str) -> bool {
    words(code, word).next().is_some()
}

/// Where the word stands in the code.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let inner = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |at| {
            let before = code[..*at].chars().next_back();
            let after = code[at + word.len()..].chars().next();
            !before.is_some_and(inner) && !after.is_some_and(inner)
        })
}
