//! What the tests share: programs as files and as text.

use explorer::{Explored, Program, Settings, explore};

#[global_allocator]
static ALLOCATOR: explorer::Allocator = explorer::Allocator;

/// A program that is in no file.
pub(crate) fn of_text(name: &str, text: &[u8]) -> Program {
    Program {
        name: name.to_owned(),
        text: text.to_vec(),
        argv: vec![name.to_owned()],
        observe: None,
    }
}

/// All its outcomes, with one interleaving of each class or with all of them.
pub(crate) fn explored(program: &Program, reduction: bool) -> Explored {
    let settings = Settings {
        reduction,
        ..Settings::default()
    };
    explore(program, &settings).expect("it can be explored")
}
