//! Every outcome of a program, by a search through the interleavings of its operations.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;
use std::time::{Duration, Instant};

use interleavings::{Access, Choice, Limits, Operation, Race, Search};
use runtime_program::engine::{Director, Engine, Grain, Stop};
use runtime_program::program::Program;

use crate::found::{Ending, Explored, Found, Line, Outcome, Raced, Verdict, line, outcome};
use crate::internal::INTERNAL;
use crate::token;

/// How to explore.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the program's own randomness, and a sample, begin with.
    pub seed: u64,
    /// So many interleavings by chance instead of all.
    pub sample: Option<u64>,
    /// A sample by priorities that fall so often less one, for outcomes that need so many ordered pairs.
    pub depth: Option<u32>,
    /// Interleavings with at most so many preemptions instead of all.
    pub preemptions: Option<u32>,
    /// Whether one interleaving of each class is enough.
    pub reduction: bool,
    /// When to stop.
    pub budget: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 0,
            sample: None,
            depth: None,
            preemptions: None,
            reduction: true,
            budget: Duration::from_secs(60),
        }
    }
}

/// The search, asked by the engine.
struct Directed(Rc<RefCell<Search>>);

impl Director for Directed {
    fn choose(&mut self, next: &[Option<Operation>]) -> Choice {
        self.0.borrow_mut().choose(next)
    }

    fn also(&mut self, access: Access) {
        self.0.borrow_mut().also(access);
    }
}

/// What is kept of an outcome while others are looked for.
#[derive(Clone, Debug)]
struct Kept {
    interleavings: u64,
    schedule: Vec<usize>,
    cost: (usize, usize),
}

/// An exploration that runs.
pub(crate) struct Exploration {
    pub(crate) engine: Box<Engine>,
    search: Rc<RefCell<Search>>,
    limits: Limits,
    kept: BTreeMap<Outcome, Kept>,
    classes: HashSet<u64>,
    restarts: u64,
    redundant: u64,
}

/// Explores a program.
///
/// # Errors
/// Why it cannot be run.
pub fn explore(program: &Program, settings: &Settings) -> Result<Explored, String> {
    let limits = Limits {
        reduction: settings.reduction && settings.preemptions.is_none(),
        preemptions: settings.preemptions,
    };
    let (mut exploration, begun) = Exploration::begin(program, settings, limits)?;
    let started = Instant::now();
    let verdict = match begun {
        Stop::Fork => exploration.run(settings, started),
        stop => {
            exploration.keep(&stop, Vec::new());
            Verdict::Exhaustive
        }
    };
    let elapsed = started.elapsed();
    Ok(exploration.finish(verdict, elapsed))
}

impl Exploration {
    /// Runs the program up to its second thread.
    pub(crate) fn begin(
        program: &Program,
        settings: &Settings,
        limits: Limits,
    ) -> Result<(Self, Stop), String> {
        let search = Rc::new(RefCell::new(Search::new(limits)));
        let director = Box::new(Directed(Rc::clone(&search)));
        let mut engine = Engine::new(director, Grain::Program, settings.seed)?;
        engine.leave_alone(INTERNAL);
        let begun = program.begin(&mut engine);
        let exploration = Self {
            engine,
            search,
            limits,
            kept: BTreeMap::new(),
            classes: HashSet::new(),
            restarts: 0,
            redundant: 0,
        };
        Ok((exploration, begun))
    }

    fn run(&mut self, settings: &Settings, started: Instant) -> Verdict {
        match settings.sample {
            Some(sample) => self.sample(settings, sample, started),
            None => self.search(settings, started),
        }
    }

    /// Runs every interleaving, or one of each class.
    pub(crate) fn search(&mut self, settings: &Settings, started: Instant) -> Verdict {
        let search = Box::new(Directed(Rc::clone(&self.search)));
        self.engine.direct(search);
        while self.next() {
            let stop = self.engine.again();
            self.search.borrow_mut().end();
            if self.engine.take_changed() {
                self.begin_again();
            } else if self.is_new(&stop) {
                let schedule = self.search.borrow().schedule().collect();
                self.keep(&stop, schedule);
            }
            if started.elapsed() >= settings.budget {
                let seen: u64 = self.kept.values().map(|kept| kept.interleavings).sum();
                return Verdict::Inconclusive(format!("out of budget after {seen} interleavings"));
            }
        }
        self.verdict()
    }

    fn next(&self) -> bool {
        self.search.borrow_mut().begin()
    }

    fn verdict(&self) -> Verdict {
        if let Some(choice) = self.search.borrow().complaint() {
            let reason = format!("the program did something else at choice {choice} than before");
            return Verdict::Inconclusive(reason);
        }
        let endless = |outcome: &Outcome| outcome.ending == Ending::Endless;
        if self.kept.keys().any(endless) {
            return Verdict::Inconclusive("some executions did not end".to_owned());
        }
        if let Some((file, line)) = self.engine.torn().next() {
            let reason = format!(
                "threads met in the middle of an operation of a container ({file}:{line}), \
                 which was not tried at every moment"
            );
            return Verdict::Inconclusive(reason);
        }
        if let Some(what) = self.engine.has_left() {
            let reason = format!("threads used {what}, where their order is not explored");
            return Verdict::Inconclusive(reason);
        }
        if self.engine.has_unordered_end() {
            let reason = "threads let go of an object that has a finalizer or weak references, \
                          and which of them is the last was not tried both ways";
            return Verdict::Inconclusive(reason.to_owned());
        }
        match (self.limits.preemptions, self.engine.is_bounded()) {
            (Some(most), _) => Verdict::Bounded(format!("{most} preemptions")),
            (None, true) => Verdict::Bounded("rounds of waiting".to_owned()),
            (None, false) => Verdict::Exhaustive,
        }
    }

    /// Whether the execution is to be counted: it was not left, and without reduction its class was not seen.
    fn is_new(&mut self, stop: &Stop) -> bool {
        if *stop == Stop::Redundant {
            self.redundant += 1;
            return false;
        }
        self.limits.reduction || self.classes.insert(self.search.borrow().class())
    }

    pub(crate) fn begin_again(&mut self) {
        self.restarts += 1;
        *self.search.borrow_mut() = Search::new(self.limits);
        self.kept.clear();
        self.classes.clear();
        self.redundant = 0;
    }

    pub(crate) fn keep(&mut self, stop: &Stop, schedule: Vec<usize>) {
        let outcome = outcome(&self.engine, stop);
        let switches = schedule
            .windows(2)
            .filter(|pair| pair[0] != pair[1])
            .count();
        let cost = (switches, schedule.len());
        let kept = self.kept.entry(outcome).or_insert_with(|| Kept {
            interleavings: 0,
            schedule: schedule.clone(),
            cost,
        });
        kept.interleavings += 1;
        if cost < kept.cost {
            (kept.schedule, kept.cost) = (schedule, cost);
        }
    }

    pub(crate) fn finish(mut self, verdict: Verdict, elapsed: Duration) -> Explored {
        let kept = std::mem::take(&mut self.kept);
        self.engine.learn_no_more();
        let points: Vec<String> = self.engine.added().collect();
        let found: Vec<Found> = kept
            .into_iter()
            .map(|(outcome, kept)| {
                let lines = self.show(&kept.schedule);
                let waiting = self.engine.waiting();
                Found {
                    waiting: waiting
                        .iter()
                        .map(|step| line(&self.engine, step))
                        .collect(),
                    token: token::of(&lines, &points),
                    lines,
                    outcome,
                    interleavings: kept.interleavings,
                    schedule: kept.schedule,
                }
            })
            .collect();
        let races = self.races();
        Explored {
            races,
            verdict,
            interleavings: found.iter().map(|found| found.interleavings).sum(),
            found,
            redundant: self.redundant,
            restarts: self.restarts,
            elapsed,
            pages: self.engine.pages(),
            added: points,
        }
    }

    /// The races that were met, each pair of places in the program once.
    fn races(&self) -> Vec<Raced> {
        let search = self.search.borrow();
        // Two methods that change a container come in some order, each of them whole.
        let whole = |race: &&Race| race.place.part == 0 && race.writes == [true, true];
        // Nor are lines of the interpreter variables of the program.
        let own = |race: &&Race| race.place.part == u64::MAX;
        let races = search.races().filter(|race| !whole(race) && !own(race));
        let mut seen = BTreeSet::new();
        let located = races.map(|race| Raced {
            locations: race.labels.map(|label| self.engine.locate(label)),
            writes: race.writes,
        });
        located
            .filter(|race| seen.insert((race.locations.clone(), race.writes)))
            .collect()
    }

    /// Runs a schedule once more, and finds the lines of its steps.
    fn show(&mut self, schedule: &[usize]) -> Vec<Line> {
        if schedule.is_empty() {
            return Vec::new();
        }
        self.engine.trace(true);
        // What was run once can be run again.
        let _ = self.follow(schedule);
        let lines = self
            .engine
            .steps()
            .iter()
            .map(|step| line(&self.engine, step));
        lines.collect()
    }
}
