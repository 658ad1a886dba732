//! Programs as texts: they are read as they were written, and what is none is refused in one line.

use fuzz::draw::{self, Source};
use fuzz::program::Program;

#[test]
fn a_program_is_read_as_it_was_written() {
    let targets = fuzz::targets();
    let mut source = Source::new(3);
    for target in &targets {
        let strategy = draw::programs(target);
        let mut program = source.draw(&strategy);
        for _ in 0..50 {
            let text = program.to_string();
            let read =
                Program::parse(&text, &targets).unwrap_or_else(|why| panic!("{why}\n{text}"));
            assert_eq!(read, program, "{text}");
            program = draw::mutated(&program, &mut source);
        }
    }
}

#[test]
fn the_same_seed_draws_the_same_programs() {
    let targets = fuzz::targets();
    let drawn = |seed| {
        let mut source = Source::new(seed);
        let strategy = draw::programs(&targets[0]);
        (0..20)
            .map(|_| source.draw(&strategy).to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(drawn(5), drawn(5));
    assert_ne!(drawn(5), drawn(6));
}

#[test]
fn what_is_no_program_is_refused_in_one_line() {
    let targets = fuzz::targets();
    let list = "target list\nstart 1 | 2\n";
    for (text, why) in [
        ("", "no line `target ..`"),
        ("start 1", "line 1: not `target ..`"),
        ("target frob\n", "line 1: there is no target `frob`"),
        (
            "target list\nstart 1\n",
            "line 2: 1 rows, where the target has 2",
        ),
        (
            "target list\nstart x |\n",
            "line 2: `x` is not a number from -128 to 127",
        ),
        (
            "target dict\nstart 1 |\nthread\n",
            "line 2: [1] is no row of Pairs(7)",
        ),
        (
            &format!("{list}append 10\n"),
            "line 3: a call before a thread",
        ),
        (
            &format!("{list}thread\nfrob\n"),
            "line 4: `list` has no `frob`",
        ),
        (
            &format!("{list}thread\nappend\n"),
            "line 4: `append` takes 1 numbers",
        ),
        (
            &format!("{list}thread\nappend 99\n"),
            "line 4: 99 is not from 10 to 29",
        ),
        (list, "0 threads; 1 to 4 race"),
        (
            &format!("{list}{}", "thread\n".repeat(5)),
            "5 threads; 1 to 4 race",
        ),
    ] {
        assert_eq!(Program::parse(text, &targets).expect_err(text), why);
    }
}
