//! A campaign against one target: draws programs, runs each under several explorers, keeps those that show something
//! new, and makes the first failure small.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use proptest::strategy::BoxedStrategy;
use reports::failure::Failure;
use reports::plan::{Coverage, Progress};
use serde::{Deserialize, Serialize};

use crate::corpus;
use crate::draw::{self, Source};
use crate::explore::{self, Explorer, Seen, Settings};
use crate::program::Program;
use crate::shrink;
use crate::spec::TargetSpec;

/// Executions of each of shuttle's explorers for a program.
const SCHEDULES: u64 = 24;

/// The same for a smaller program while one is shrunk, so that a rare schedule is not lost.
const SHRINKING: u64 = 200;

/// Rounds natively.
const ROUNDS: u64 = 100;

/// One case of so many is also raced natively.
const NATIVE_EVERY: u64 = 8;

/// One case of so many is also given to the graph checker, when it is small.
const GRAPH_EVERY: u64 = 16;

/// The most calls of a program for the graph checker.
const GRAPH_CALLS: usize = 3;

/// The time of the graph checker for one program; longer is inconclusive.
const GRAPH_TIME: Duration = Duration::from_secs(2);

/// The time of one explorer for one program.
const TIME: Duration = Duration::from_secs(10);

/// The most programs that are tried while one is shrunk. Counted, not timed, so that a seed gives the same program.
const TRIES: u64 = 300;

/// What a campaign is told.
#[derive(Clone, Debug)]
pub struct Orders {
    /// The target.
    pub target: Arc<TargetSpec>,
    /// Where its programs come from.
    pub seed: u64,
    /// The seeded fault that is on; nothing runs natively then, where there is none.
    pub fault: Option<&'static str>,
    /// Programs that are known to be interesting, run first.
    pub known: Vec<Program>,
    /// Where the program is written before it races natively, for the case that the process does not survive it; without
    /// it, nothing races natively, and the same seed finds the same.
    pub racing: Option<PathBuf>,
    /// Shared with whoever watches, and can stop it.
    pub progress: Arc<Progress>,
}

/// How much was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Programs.
    pub cases: u64,
    /// Executions of them, by whatever explorer.
    pub executions: u64,
    /// Those of them on real threads.
    pub native: u64,
    /// Different histories, each counted once for its program.
    pub histories: u64,
    /// Pairs of places in the source that met.
    pub meetings: u64,
    /// Programs that the graph checker explored to the end.
    pub exhaustive: u64,
}

/// A failure, as small as it became.
#[derive(Clone, Debug)]
pub struct Found {
    /// The program.
    pub program: Arc<Program>,
    /// Who found it.
    pub explorer: Explorer,
    /// Its failure.
    pub failure: Failure,
    /// How many calls the program had that was drawn.
    pub drawn: usize,
    /// What the other judges say of the small program.
    pub others: Vec<Opinion>,
}

/// What a judge says of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The judge.
    pub explorer: Explorer,
    /// What it covered.
    pub coverage: Coverage,
    /// Whether it found a failure too.
    pub fails: bool,
}

/// A campaign that goes on.
#[derive(Debug)]
pub struct Campaign {
    orders: Orders,
    source: Source,
    strategy: BoxedStrategy<Program>,
    /// What was done so far.
    pub tally: Tally,
    met: HashSet<u64>,
    /// The programs that showed something new.
    pub corpus: Vec<Arc<Program>>,
    known: std::vec::IntoIter<Program>,
}

impl Campaign {
    /// One that has done nothing.
    #[must_use]
    pub fn new(orders: Orders) -> Self {
        Self {
            source: Source::new(orders.seed),
            strategy: draw::programs(&orders.target),
            tally: Tally::default(),
            met: HashSet::new(),
            corpus: Vec::new(),
            known: orders.known.clone().into_iter(),
            orders,
        }
    }

    /// Runs cases until one fails, the time is over, or somebody stops it.
    pub fn run(&mut self, until: Instant, told: &mut dyn FnMut(&Self)) -> Option<Found> {
        while Instant::now() < until && !self.is_stopped() {
            let found = self.case();
            told(self);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Runs so many cases at most, however long they take.
    pub fn run_cases(&mut self, cases: u64) -> Option<Found> {
        (0..cases).find_map(|_| self.case())
    }

    /// The meetings so far, as the numbers that stand for them.
    pub fn met(&self) -> impl Iterator<Item = u64> {
        self.met.iter().copied()
    }

    /// The name of its target.
    #[must_use]
    pub fn target(&self) -> &'static str {
        self.orders.target.name
    }

    fn is_stopped(&self) -> bool {
        // ORDERING: Relaxed: a wish, which orders nothing.
        self.orders.progress.stop.load(Ordering::Relaxed)
    }

    /// The next program, under each explorer whose turn it is.
    fn case(&mut self) -> Option<Found> {
        let program = Arc::new(self.next());
        self.tally.cases += 1;
        let mut is_new = false;
        for explorer in self.explorers(&program) {
            self.tell_racing(&program, explorer);
            let seen = explore::run(&program, explorer, &self.settings(explorer));
            is_new |= self.note(explorer, &seen);
            if let Some(failure) = seen.failure {
                return Some(self.found(&program, explorer, failure));
            }
        }
        if is_new {
            self.corpus.push(program);
        }
        None
    }

    /// Nobody reads the file unless the process dies, so that it cannot be written is no reason to stop.
    fn tell_racing(&self, program: &Program, explorer: Explorer) {
        if let Some(path) = &self.orders.racing
            && explorer == Explorer::Native
        {
            let _ = fs::write(path, program.to_string());
        }
    }

    fn next(&mut self) -> Program {
        if let Some(known) = self.known.next() {
            return known;
        }
        let fresh = self.corpus.is_empty() || self.source.below(3) > 0;
        if fresh {
            return self.source.draw(&self.strategy);
        }
        let at = self.source.below(self.corpus.len());
        draw::mutated(&self.corpus[at], &mut self.source)
    }

    fn explorers(&self, program: &Program) -> Vec<Explorer> {
        let mut all = vec![Explorer::Pct, Explorer::Random];
        let turn = |every: u64| self.tally.cases % every == 1;
        if turn(GRAPH_EVERY) && program.calls() <= GRAPH_CALLS {
            all.push(Explorer::Graph);
        }
        let races = self.orders.racing.is_some() && self.orders.fault.is_none();
        if turn(NATIVE_EVERY) && races {
            all.push(Explorer::Native);
        }
        all
    }

    fn settings(&self, explorer: Explorer) -> Settings {
        Settings {
            seed: self.tally.cases,
            executions: match explorer {
                Explorer::Native => ROUNDS,
                _ => SCHEDULES,
            },
            budget: match explorer {
                Explorer::Graph => GRAPH_TIME,
                _ => TIME,
            },
            fault: self.orders.fault,
            as_found: true,
            progress: Arc::clone(&self.orders.progress),
        }
    }

    /// Counts what was seen; says whether it was new.
    fn note(&mut self, explorer: Explorer, seen: &Seen) -> bool {
        let before = self.met.len();
        self.met.extend(&seen.meetings);
        self.tally.executions += seen.executions;
        self.tally.histories += seen.histories.len() as u64;
        self.tally.meetings = self.met.len() as u64;
        match explorer {
            Explorer::Native => self.tally.native += seen.executions,
            Explorer::Graph if seen.coverage == Coverage::Exhaustive => self.tally.exhaustive += 1,
            _ => {}
        }
        self.met.len() > before
    }

    /// Makes the program small, then its schedule, and asks the other judges.
    fn found(&self, program: &Arc<Program>, explorer: Explorer, first: Failure) -> Found {
        let mut tries = 0;
        let settings = Settings {
            executions: SHRINKING,
            ..self.settings(explorer)
        };
        let fails = |smaller: &Arc<Program>| {
            tries += 1;
            let goes_on = tries <= TRIES && !self.is_stopped();
            goes_on && {
                let failure = explore::run(smaller, explorer, &settings).failure;
                failure.is_some_and(|failure| is_like(&failure, &first))
            }
        };
        let small = shrink::shrink(program, fails);
        let failure = self.told(&small, explorer, &settings);
        Found {
            others: self.others(&small, explorer),
            drawn: program.calls(),
            failure: failure.unwrap_or(first),
            program: small,
            explorer,
        }
    }

    /// The failure of the small program, with as few preemptions as the explorer finds.
    fn told(
        &self,
        small: &Arc<Program>,
        explorer: Explorer,
        settings: &Settings,
    ) -> Option<Failure> {
        let settings = Settings {
            as_found: false,
            progress: Arc::default(),
            ..settings.clone()
        };
        let found = explore::run(small, explorer, &settings).failure?;
        Some(match explorer {
            Explorer::Graph => explore::simplest(small, &settings, found),
            _ => found,
        })
    }

    fn others(&self, small: &Arc<Program>, explorer: Explorer) -> Vec<Opinion> {
        let mut all = vec![Explorer::Pct, Explorer::Random];
        if small.calls() <= GRAPH_CALLS {
            all.push(Explorer::Graph);
        }
        if self.orders.fault.is_none() {
            all.push(Explorer::Native);
        }
        all.retain(|other| *other != explorer);
        let opinion = |other| {
            let settings = Settings {
                executions: SHRINKING,
                progress: Arc::default(),
                ..self.settings(other)
            };
            let seen = explore::run(small, other, &settings);
            Opinion {
                explorer: other,
                coverage: seen.coverage,
                fails: seen.failure.is_some(),
            }
        };
        all.into_iter().map(opinion).collect()
    }
}

impl Found {
    /// The judge that explored everything and found nothing, where there is one: then one of the two is wrong.
    #[must_use]
    pub fn contradicted_by(&self) -> Option<Explorer> {
        let denies = |other: &&Opinion| !other.fails && other.coverage == Coverage::Exhaustive;
        self.others.iter().find(denies).map(|other| other.explorer)
    }

    /// The name under which the program is kept.
    #[must_use]
    pub fn name(&self) -> String {
        corpus::name(&self.program)
    }
}

/// Whether a smaller program fails in the same way.
fn is_like(failure: &Failure, first: &Failure) -> bool {
    let claim =
        failure.claim == first.claim || failure.trace.steps.is_empty() || is_of_memory(failure);
    failure.kind == first.kind && claim
}

/// Whether the claim names a block, whose number changes from program to program.
fn is_of_memory(failure: &Failure) -> bool {
    use reports::failure::FailureKind::{DataRace, DoubleFree, Leak, UseAfterFree};
    matches!(failure.kind, DataRace | DoubleFree | Leak | UseAfterFree)
}
