//! The front end takes any text: it compiles it or says what is wrong, and never panics.

use proptest::prelude::*;

use crate::compile::{Mode, Options, compile_with};
use crate::syntax::Source;

/// Programs with every construct, as a start for mutations.
const PROGRAMS: &[&str] = &[
    include_str!("../golden/assignments.txt"),
    include_str!("../golden/calls.txt"),
    include_str!("../golden/classes.txt"),
    include_str!("../golden/closures.txt"),
    include_str!("../golden/comprehensions.txt"),
    include_str!("../golden/conditions.txt"),
    include_str!("../golden/coroutines.txt"),
    include_str!("../golden/exceptions.txt"),
    include_str!("../golden/generators.txt"),
    include_str!("../golden/generics.txt"),
    include_str!("../golden/groups.txt"),
    include_str!("../golden/leaving_blocks.txt"),
    include_str!("../golden/patterns.txt"),
    include_str!("../golden/strings.txt"),
];

/// What a mutation puts in.
const WORDS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "=",
    ":=",
    "*",
    "**",
    "/",
    ".",
    "@",
    "->",
    "not ",
    "\n",
    "\n    ",
    "\n        ",
    "\t",
    "if ",
    "else ",
    "elif ",
    "for ",
    "in ",
    "while ",
    "try:",
    "except ",
    "except* ",
    "finally:",
    "with ",
    "async ",
    "await ",
    "yield ",
    "yield from ",
    "return ",
    "break",
    "continue",
    "lambda ",
    "def f(x):",
    "class C:",
    "match x:",
    "case ",
    "_",
    "type ",
    "import ",
    "from ",
    "as ",
    "global x",
    "nonlocal x",
    "del ",
    "x",
    "__x",
    "__debug__",
    "__class__",
    "super()",
    "f'{x",
    "t'{x}'",
    "'",
    "\"\"\"",
    "\\",
    "1",
    "1j",
    "0x",
    "...",
    "None",
    "is ",
    "|",
    "#",
    "\0",
    "\u{e9}",
    "\u{1f40d}",
];

fn program_of(golden: &str) -> &str {
    golden.split("----\n").next().unwrap_or_default()
}

/// Compiles in every mode; what comes of it is not looked at.
fn compile_everyway(bytes: &[u8]) {
    for mode in [Mode::Exec, Mode::Eval, Mode::Single] {
        let options = Options {
            mode,
            separate_locals: mode != Mode::Exec,
            ..Options::default()
        };
        let Ok(source) = Source::new("x.py", bytes) else {
            return;
        };
        if let Err(error) = compile_with(&source, &options) {
            assert!(error.render(&source).contains("Error: "), "{error:?}");
        }
    }
}

/// A change of a program: where, how much goes, and what comes instead.
fn change() -> impl Strategy<Value = (usize, usize, &'static str)> {
    let word = prop_oneof![Just(""), prop::sample::select(WORDS)];
    (0_usize..4096, 0_usize..8, word)
}

fn changed(program: &str, changes: &[(usize, usize, &str)]) -> String {
    let mut text: Vec<char> = program.chars().collect();
    for (place, removed, inserted) in changes {
        let start = place % (text.len() + 1);
        let end = (start + removed).min(text.len());
        text.splice(start..end, inserted.chars());
    }
    text.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        compile_everyway(&bytes);
    }

    #[test]
    fn arbitrary_words(words in prop::collection::vec(prop::sample::select(WORDS), 0..40)) {
        compile_everyway(words.concat().as_bytes());
    }

    #[test]
    fn mutated_programs(
        program in prop::sample::select(PROGRAMS),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        compile_everyway(changed(program_of(program), &changes).as_bytes());
    }
}

#[test]
fn deep_nesting_of_every_kind_is_an_error() {
    let n = 3000;
    let programs = [
        "lambda: ".repeat(n) + "0",
        "not ".repeat(n) + "x",
        "await ".repeat(n) + "x",
        "x".to_owned() + &".y".repeat(n),
        "x".to_owned() + &"()".repeat(n),
        "x".to_owned() + &"[0]".repeat(n),
        "x".to_owned() + &" if y else x".repeat(n),
        "x".to_owned() + &" ** x".repeat(n),
        "x = ".to_owned() + &"*".repeat(n) + "y",
        "f'".to_owned() + &"{f'".repeat(n) + &"'}".repeat(n) + "'",
        "f'".to_owned() + &"{x:".repeat(n) + &"}".repeat(n) + "'",
        "match x:\n case ".to_owned() + &"C(".repeat(n) + &")".repeat(n) + ": pass",
        (0..n).map(|depth| " ".repeat(depth) + "if x:\n").collect(),
        "if x: pass\n".to_owned() + &"elif x: pass\n".repeat(n),
        "def f(): yield ".to_owned() + &"-".repeat(n) + "x",
        "async def f():\n  ".to_owned() + &"[".repeat(n),
    ];
    for program in programs {
        compile_everyway(program.as_bytes());
    }
}
