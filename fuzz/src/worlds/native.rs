//! The native world: real threads that stay, and meet at a barrier before each round.

use runtime as rt;

#[path = "../mounted/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "each world mounts it")]
mod mounted;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use reports::failure::FailureKind;
use reports::scenario::Broken;

use self::mounted::{Cast, Player, Stage, Target, calls, find};
use self::rt::protocols::thread_state::ThreadState;
use crate::clock::Clock;
use crate::history::{Call, History};
use crate::running::Running;

/// How often a thread looks whether the others have come before it lets another one run.
const LOOKS: u32 = 200;

/// The longest wait before a thread's first call, in turns of a loop.
const JITTER: u64 = 300;

/// Races the program again and again; gives the number of rounds, and what broke.
pub(crate) fn race(
    running: &Arc<Running>,
    seed: u64,
    goes_on: Arc<dyn Fn(u64) -> bool + Send + Sync>,
) -> (u64, Option<Broken>) {
    let threads = running.program.threads.len();
    let target = find(running.program.target.name);
    let stage = Stage::new(threads, target.hooks);
    let race = Arc::new(Race {
        running: Arc::clone(running),
        target,
        meet: Meet::new(threads),
        goes_on,
        round: Mutex::new(None),
        seed,
        rounds: AtomicU64::new(0),
        broken: Mutex::new(None),
    });
    let work = (0..threads).map(|thread| -> Box<dyn FnOnce(&ThreadState) + Send> {
        let race = Arc::clone(&race);
        Box::new(move |ts| race.run(ts, thread))
    });
    let (stage, _) = stage.run(work.collect());
    let broken = || race.broken.lock().unwrap_or_else(PoisonError::into_inner);
    // What a panic left behind is not fit to be taken apart.
    if broken().is_some() {
        std::mem::forget(stage);
    } else {
        let left = stage.finish(&Cast::of(Vec::new()));
        if left > 0 {
            *broken() = Some(Broken {
                kind: FailureKind::Leak,
                claim: "nothing is left on the heap".to_owned(),
                detail: format!("{left} objects after all rounds"),
            });
        }
    }
    // ORDERING: Relaxed: the threads were joined.
    (race.rounds.load(Ordering::Relaxed), broken().take())
}

/// What the threads of a race share.
struct Race {
    running: Arc<Running>,
    target: &'static Target,
    meet: Meet,
    goes_on: Arc<dyn Fn(u64) -> bool + Send + Sync>,
    /// The round that is run; none ends the race.
    round: Mutex<Option<Arc<Round>>>,
    seed: u64,
    rounds: AtomicU64,
    broken: Mutex<Option<Broken>>,
}

/// One round.
struct Round {
    cast: Cast,
    clock: Clock,
    done: Vec<Mutex<Vec<Call>>>,
}

impl Race {
    fn run(&self, ts: &ThreadState, thread: usize) {
        let mut dice = Dice(self.seed.wrapping_mul(2).wrapping_add(thread as u64) | 1);
        loop {
            if thread == 0 {
                let next = self.prepare(ts);
                *lock(&self.round) = next;
            }
            ts.detached(|| self.meet.wait());
            let Some(round) = lock(&self.round).clone() else {
                return;
            };
            dice.wait();
            self.play(ts, thread, &round);
            ts.detached(|| self.meet.wait());
            if thread == 0 {
                self.look(ts, &round);
            }
        }
    }

    /// The next round, if there is one.
    fn prepare(&self, ts: &ThreadState) -> Option<Arc<Round>> {
        // ORDERING: Relaxed: the first thread counts, and tells nobody by it.
        let rounds = self.rounds.load(Ordering::Relaxed);
        if lock(&self.broken).is_some() || !(self.goes_on)(rounds) {
            return None;
        }
        let program = &self.running.program;
        Some(Arc::new(Round {
            cast: (self.target.build)(ts, &program.start),
            clock: Clock::new(true),
            done: program.threads.iter().map(|_| Mutex::default()).collect(),
        }))
    }

    fn play(&self, ts: &ThreadState, thread: usize, round: &Round) {
        let player = Player {
            ts,
            thread,
            cast: &round.cast,
        };
        let steps = &self.running.program.threads[thread];
        let play = || calls(&player, self.target, steps, &round.clock);
        match catch_unwind(AssertUnwindSafe(play)) {
            Ok(done) => *lock(&round.done[thread]) = done,
            Err(payload) => *lock(&self.broken) = Some(broken(payload)),
        }
    }

    fn look(&self, ts: &ThreadState, round: &Round) {
        // ORDERING: Relaxed, as in `prepare`.
        self.rounds.fetch_add(1, Ordering::Relaxed);
        if lock(&self.broken).is_some() {
            return;
        }
        let look = || {
            let history = History {
                program: Arc::clone(&self.running.program),
                before: self.running.program.start.clone(),
                calls: round
                    .done
                    .iter()
                    .flat_map(|done| lock(done).clone())
                    .collect(),
                after: (self.target.read)(ts, &round.cast),
            };
            round.cast.leave(ts);
            self.running.verdict(&history)
        };
        match catch_unwind(AssertUnwindSafe(look)) {
            Ok(Ok(())) => {}
            Ok(Err(detail)) => {
                *lock(&self.broken) = Some(Broken {
                    kind: FailureKind::Claim,
                    claim: crate::running::CLAIM.to_owned(),
                    detail,
                });
            }
            Err(payload) => *lock(&self.broken) = Some(broken(payload)),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where all threads wait for each other, mostly without sleeping.
struct Meet {
    threads: usize,
    came: AtomicUsize,
    turn: AtomicU64,
}

impl Meet {
    fn new(threads: usize) -> Self {
        Self {
            threads,
            came: AtomicUsize::new(0),
            turn: AtomicU64::new(0),
        }
    }

    fn wait(&self) {
        // ORDERING: Relaxed: the turn cannot change before this thread has come.
        let turn = self.turn.load(Ordering::Relaxed);
        // ORDERING: AcqRel: the last one to come has seen what the others did, and hands it on by the turn.
        if self.came.fetch_add(1, Ordering::AcqRel) + 1 == self.threads {
            // ORDERING: Relaxed: published by the turn.
            self.came.store(0, Ordering::Relaxed);
            // ORDERING: Release: pairs with the Acquire below.
            self.turn.store(turn + 1, Ordering::Release);
            return;
        }
        let mut looks = 0;
        // ORDERING: Acquire: pairs with the Release above.
        while self.turn.load(Ordering::Acquire) == turn {
            looks += 1;
            match looks < LOOKS {
                true => std::hint::spin_loop(),
                false => thread::yield_now(),
            }
        }
    }
}

/// Numbers that look random, to make the threads begin apart.
struct Dice(u64);

impl Dice {
    /// Marsaglia's xorshift.
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn wait(&mut self) {
        for _ in 0..self.roll() % JITTER {
            std::hint::spin_loop();
        }
    }
}

/// What a panic says.
fn broken(payload: Box<dyn Any + Send>) -> Broken {
    let text = match payload.downcast::<Broken>() {
        Ok(broken) => return *broken,
        Err(payload) => payload.downcast_ref::<String>().cloned().or_else(|| {
            payload
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned())
        }),
    };
    Broken {
        kind: FailureKind::Panic,
        claim: "the code does not panic".to_owned(),
        detail: text.unwrap_or_else(|| "a panic without a message".to_owned()),
    }
}
