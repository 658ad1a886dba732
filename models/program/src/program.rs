//! A Python program of this world: what it is, how it begins, and one run of it with choices by chance.

use std::io::{self, Read, Write};

use interleavings::{Choice, Operation};

use crate::engine::{self, Director, Engine, Grain, Stop};
use crate::interpreter::{Interpreter, Options};

/// A program, and what it is asked at its end.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// What tracebacks call its file.
    pub name: String,
    /// Its text.
    pub text: Vec<u8>,
    /// `sys.argv`
    pub argv: Vec<String>,
    /// An expression whose value at the end belongs to the outcome.
    pub observe: Option<String>,
}

/// One of the two outputs of the program.
struct Sink(usize);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        engine::write(self.0, bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Standard input: nothing.
struct Nothing;

impl Read for Nothing {
    fn read(&mut self, _bytes: &mut [u8]) -> io::Result<usize> {
        Ok(0)
    }
}

impl Program {
    /// What the main thread of an execution does. All that it makes lies in the arena.
    fn main(&'static self) {
        let interpreter = Interpreter::new(Options {
            argv: self.argv.clone(),
            input: Box::new(Nothing),
            output: Box::new(Sink(0)),
            errors: Box::new(Sink(1)),
            line_buffered: false,
            ..Options::default()
        });
        engine::found(interpreter.locator());
        let _ = interpreter.run_source_then(&self.name, &self.text, |ended| {
            let observed = self.observe.as_deref().map(|expression| {
                ended
                    .evaluate(expression)
                    .unwrap_or_else(|error| format!("({error})"))
            });
            engine::finish(ended.status().0, observed.as_deref());
        });
    }

    /// Runs the program until its second thread is about to run, or to its end. The program is kept for ever: executions
    /// are left in the middle, and what they hold of it with them.
    pub fn begin(&self, engine: &mut Engine) -> Stop {
        let program: &'static Program = Box::leak(Box::new(self.clone()));
        engine.begin(|| program.main())
    }
}

/// Threads go on by chance.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// The choices that belong to a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound` (SplitMix64).
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

impl Director for Random {
    fn choose(&mut self, next: &[Option<Operation>]) -> Choice {
        let able = |next: &Option<Operation>| next.as_ref().is_some_and(|next| !next.waits);
        let count = next.iter().filter(|next| able(next)).count();
        if count == 0 {
            return Choice::Ended;
        }
        let rank = self.below(count);
        let mut chosen = (0..next.len()).filter(|thread| able(&next[*thread]));
        chosen.nth(rank).map_or(Choice::Ended, Choice::Run)
    }
}

/// Runs a program once, its threads going on as the seed has it; what it writes goes to the process's streams.
///
/// # Errors
/// Why it cannot be run.
pub fn run(program: &Program, grain: Grain, seed: u64) -> Result<Stop, String> {
    let mut engine = Engine::new(Box::new(Random::new(seed)), grain, seed)?;
    engine.pass_on();
    match program.begin(&mut engine) {
        Stop::Fork => Ok(engine.again()),
        stop => Ok(stop),
    }
}
