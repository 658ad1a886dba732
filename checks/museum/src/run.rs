//! Runs programs on the graph engine.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use graph_engine::{Block, Location, Lock, Mode, choice, fence, spawn, spin};

use crate::expression::Registers;
use crate::program::{Access, Program, Shared, Statement, Thread};

/// What names stand for in a run.
#[derive(Debug, Default)]
struct Names {
    blocks: BTreeMap<String, Block>,
    places: BTreeMap<String, Location>,
    locks: BTreeMap<String, Lock>,
}

/// The body of an exploration of the program.
pub(crate) fn body(program: Program) -> impl Fn() + Send + Sync + 'static {
    let program = Arc::new(program);
    move || run(&program)
}

fn run(program: &Arc<Program>) {
    let names = Arc::new(Names::of(program));
    let results = Arc::new(Mutex::new(Registers::new()));
    let start = |index: usize| {
        let (program, names) = (Arc::clone(program), Arc::clone(&names));
        let results = Arc::clone(&results);
        spawn(move || {
            let thread = &program.threads[index];
            let registers = run_thread(thread, &names);
            let mut all = results.lock().expect("nobody panics with it");
            for (name, value) in registers {
                all.insert(format!("{}.{name}", thread.name), value);
            }
        })
    };
    let threads: Vec<_> = (0..program.threads.len()).map(start).collect();
    for thread in threads {
        thread.join();
    }
    let mut registers = results.lock().expect("nobody panics with it").clone();
    let _ = names.perform_all(&program.finally, &mut registers);
}

fn run_thread(thread: &Thread, names: &Names) -> Registers {
    let mut registers = Registers::new();
    let _ = names.perform_all(&thread.body, &mut registers);
    registers
}

impl Names {
    fn of(program: &Program) -> Self {
        let mut names = Self::default();
        for (name, shared) in &program.shared {
            match shared {
                Shared::Block => {
                    names
                        .blocks
                        .insert(name.clone(), Block::alloc(interned(name), 0, 0));
                }
                Shared::Lock => {
                    names.locks.insert(name.clone(), Lock::new(interned(name)));
                }
                Shared::Word(value) | Shared::Plain(value) => names.place(name, *value),
            }
        }
        names
    }

    fn place(&mut self, name: &str, value: i64) {
        let place = Location::new(interned(name), value as u64);
        let home = name
            .split_once('.')
            .and_then(|(home, _)| self.blocks.get(home));
        let place = home.map_or(place, |&home| place.within(home));
        self.places.insert(name.to_owned(), place);
    }

    fn at(&self, name: &str) -> Location {
        *self
            .places
            .get(name)
            .unwrap_or_else(|| panic!("there is no place `{name}`"))
    }

    fn lock(&self, name: &str) -> Lock {
        *self
            .locks
            .get(name)
            .unwrap_or_else(|| panic!("there is no lock `{name}`"))
    }

    fn perform_all(&self, body: &[Statement], registers: &mut Registers) -> ControlFlow<()> {
        body.iter()
            .try_for_each(|statement| self.perform(statement, registers))
    }

    fn perform(&self, statement: &Statement, registers: &mut Registers) -> ControlFlow<()> {
        match statement {
            Statement::Atomic(register, place, access, mode) => {
                let value = atomic(self.at(place), access, *mode, registers);
                if let Some(register) = register {
                    registers.insert(register.clone(), value);
                }
            }
            Statement::Read(register, place) => {
                registers.insert(register.clone(), self.at(place).read() as i64);
            }
            Statement::Write(place, value) => self.at(place).write(value.value(registers) as u64),
            Statement::Set(register, value) => {
                registers.insert(register.clone(), value.value(registers));
            }
            Statement::Choose(register) => {
                registers.insert(register.clone(), choice(2) as i64);
            }
            Statement::TryLock(register, lock) => {
                registers.insert(register.clone(), i64::from(self.lock(lock).try_lock()));
            }
            Statement::Wait(place, value) => wait(self.at(place), value.value(registers)),
            Statement::Return => return ControlFlow::Break(()),
            Statement::If(condition, yes, no) => {
                let taken = if condition.value(registers) == 0 {
                    no
                } else {
                    yes
                };
                return self.perform_all(taken, registers);
            }
            _ => self.perform_plainly(statement, registers),
        }
        ControlFlow::Continue(())
    }

    /// What leaves the registers as they are.
    fn perform_plainly(&self, statement: &Statement, registers: &Registers) {
        match statement {
            Statement::Lock(lock) => self.lock(lock).lock(),
            Statement::Unlock(lock) => self.lock(lock).unlock(),
            Statement::Fence(mode) => fence(*mode),
            Statement::Free(block) => match self.blocks.get(block) {
                Some(block) => block.free(),
                None => panic!("there is no block `{block}`"),
            },
            Statement::Assert(condition, claim) => {
                assert!(condition.value(registers) != 0, "{claim}");
            }
            other => unreachable!("{other:?} is done elsewhere"),
        }
    }
}

/// A name for the engine, which keeps names as long as the process lives: each once.
fn interned(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().expect("nobody panics with it");
    if let Some(known) = names.get(name) {
        return known;
    }
    let new: &'static str = Box::leak(Box::from(name));
    names.insert(new);
    new
}

fn atomic(place: Location, access: &Access, mode: Mode, registers: &Registers) -> i64 {
    let value = |expression: &crate::program::Expression| expression.value(registers) as u64;
    let before = match access {
        Access::Load => place.load(mode),
        Access::Store(new) => {
            place.store(value(new), mode);
            0
        }
        Access::Add(amount) => place.fetch_add(value(amount), mode),
        Access::Swap(new) => place.swap(value(new), mode),
        Access::CompareExchange(old, new) => {
            let done = place.compare_exchange(value(old), value(new), mode, failure(mode));
            u64::from(done.is_ok())
        }
    };
    before as i64
}

/// The order of a compare-exchange that fails.
fn failure(mode: Mode) -> Mode {
    match mode {
        Mode::AcqRel | Mode::Acquire => Mode::Acquire,
        Mode::SeqCst => Mode::SeqCst,
        _ => Mode::Relaxed,
    }
}

fn wait(place: Location, value: i64) {
    while place.load(Mode::Acquire) as i64 != value {
        spin();
    }
}
