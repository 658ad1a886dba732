//! What the tests share: programs as files and as text.

use std::collections::BTreeSet;
use std::path::PathBuf;

use explorer::{Explored, Program, Settings, explore};

#[global_allocator]
static ALLOCATOR: explorer::Allocator = explorer::Allocator;

/// The folder of the example programs.
pub fn races() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../examples/races"
    ))
}

/// A program of the examples.
pub fn example(name: &str) -> Program {
    let path = races().join(format!("{name}.py"));
    let text = std::fs::read(&path).expect("the example is there");
    of_text(&format!("{name}.py"), &text)
}

/// A program that is in no file.
pub fn of_text(name: &str, text: &[u8]) -> Program {
    Program {
        name: name.to_owned(),
        text: text.to_vec(),
        argv: vec![name.to_owned()],
        observe: None,
    }
}

/// All its outcomes, with one interleaving of each class or with all of them.
pub fn explored(program: &Program, reduction: bool) -> Explored {
    let settings = Settings {
        reduction,
        ..Settings::default()
    };
    explore(program, &settings).expect("it can be explored")
}

/// What the program prints in its outcomes.
pub fn outputs(explored: &Explored) -> BTreeSet<String> {
    let outcomes = explored.found.iter();
    outcomes.map(|found| found.outcome.output.clone()).collect()
}
