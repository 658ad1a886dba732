//! What the program under test calls: locations, blocks, waiting and choices.
//!
//! Everything here works inside of a run only. While a run is being unwound (a thread of
//! a blocked or failed execution is dropped in the middle), operations do nothing and
//! return zero, so destructors may call them.

use std::panic::Location as Caller;

use crate::driver::{Busy, try_runner};
use crate::event::{BlockId, LocId, Mode, NOWHERE, Op};
use crate::fiber;
use crate::inside::first_of;
use crate::misuse::{self, Use, check_mode};
use crate::pulse;
use crate::request::{Answer, Request};
use crate::runner::Step;

/// Asks the engine for a step, and waits until it has been taken.
pub(crate) fn perform(request: Request, write: &dyn Fn(u64) -> u64) -> Answer {
    loop {
        pulse::step(request.caller);
        match try_runner(|runner| runner.step(request, write)) {
            Ok(Some(Step::Done(answer))) => return answer,
            Ok(Some(Step::Wait)) => fiber::suspend(),
            Ok(None) if std::thread::panicking() => return Answer::default(),
            Ok(None) => panic!("an operation of the graph checker outside of a run"),
            Err(Busy) => misuse::inside_update(request.caller.unwrap_or(Caller::caller())),
        }
    }
}

/// A shared location: a value that threads read and write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Location {
    id: LocId,
    home: BlockId,
    opaque: bool,
}

impl Location {
    /// The location of a number, within no block.
    pub(crate) fn of(id: LocId) -> Location {
        Location {
            id,
            home: NOWHERE,
            opaque: false,
        }
    }

    /// Creates a location that lives until the run ends. Using it in a thread that the
    /// creation does not happen before is a race.
    #[track_caller]
    pub fn new(name: &'static str, initial: u64) -> Location {
        Block::create(Op::Create, name, 1, initial, false).at(0)
    }

    /// The same, for values that may differ from run to run although the program does the
    /// same: addresses. Other values must not, and are compared.
    #[track_caller]
    pub fn opaque(name: &'static str, initial: u64) -> Location {
        Block::place(name, initial, true).at(0)
    }

    /// Loads atomically.
    #[track_caller]
    pub fn load(self, mode: Mode) -> u64 {
        check_mode(Use::Load, mode);
        perform(self.request(Op::Load, mode), &keep).value
    }

    /// Stores atomically.
    #[track_caller]
    pub fn store(self, value: u64, mode: Mode) {
        check_mode(Use::Store, mode);
        perform(self.request(Op::Store, mode), &|_| value);
    }

    /// Replaces the value by a function of it, and returns the old one. The function is
    /// called any number of times, must not panic, and must not call the engine.
    #[track_caller]
    pub fn update(self, mode: Mode, new: impl Fn(u64) -> u64) -> u64 {
        check_mode(Use::Update, mode);
        perform(self.request(Op::Update, mode), &new).value
    }

    /// Adds, and returns the old value.
    #[track_caller]
    pub fn fetch_add(self, amount: u64, mode: Mode) -> u64 {
        self.update(mode, |value| value.wrapping_add(amount))
    }

    /// Exchanges the value, and returns the old one.
    #[track_caller]
    pub fn swap(self, value: u64, mode: Mode) -> u64 {
        self.update(mode, |_| value)
    }

    /// Writes `new` if the value is `expected`.
    ///
    /// # Errors
    /// The value, if it is another one.
    #[track_caller]
    pub fn compare_exchange(
        self,
        expected: u64,
        new: u64,
        success: Mode,
        failure: Mode,
    ) -> Result<u64, u64> {
        self.exchange(Op::Cas, expected, new, success, failure)
    }

    /// The same, but it may fail although the value is `expected`: both are explored.
    ///
    /// # Errors
    /// The value that was read.
    #[track_caller]
    pub fn compare_exchange_weak(
        self,
        expected: u64,
        new: u64,
        success: Mode,
        failure: Mode,
    ) -> Result<u64, u64> {
        self.exchange(Op::CasWeak, expected, new, success, failure)
    }

    #[track_caller]
    fn exchange(
        self,
        op: Op,
        expected: u64,
        new: u64,
        success: Mode,
        failure: Mode,
    ) -> Result<u64, u64> {
        check_mode(Use::Update, success);
        check_mode(Use::Failure(op), failure);
        let request = Request {
            failure,
            value: expected,
            ..self.request(op, success)
        };
        let answer = perform(request, &|_| new);
        if answer.success {
            Ok(answer.value)
        } else {
            Err(answer.value)
        }
    }

    /// Waits until the bits of `mask` are `awaited`, and then replaces the value by a function of
    /// it, acquiring. Waiting costs no executions. All later writes of the location must be
    /// read-modify-writes; `op` says what a report calls the wait: a lock, a park, or a park with
    /// a deadline, which is no part of a deadlock. It is a misuse if `op` is no wait.
    #[track_caller]
    pub fn wait(self, op: Op, mask: u64, awaited: u64, new: impl Fn(u64) -> u64) -> u64 {
        if !op.waits() {
            misuse::raise(&format!("a wait by {}", op.name()), Caller::caller());
        }
        let request = Request {
            failure: Mode::Relaxed,
            value: awaited,
            mask,
            ..self.request(op, Mode::Acquire)
        };
        perform(request, &new).value
    }

    /// Reads without atomicity.
    #[track_caller]
    pub fn read(self) -> u64 {
        perform(self.request(Op::Read, Mode::Plain), &keep).value
    }

    /// Writes without atomicity.
    #[track_caller]
    pub fn write(self, value: u64) {
        perform(self.request(Op::Write, Mode::Plain), &|_| value);
    }

    /// The same location, as a part of `block` too: an access through this handle is an
    /// access of both blocks. It needs to come after the allocation of either, and
    /// before the end of either.
    #[must_use]
    pub fn within(self, block: Block) -> Location {
        let home = block.id;
        Location { home, ..self }
    }

    #[track_caller]
    fn request(self, op: Op, mode: Mode) -> Request {
        Request {
            loc: self.id,
            home: self.home,
            opaque: self.opaque,
            ..Request::new(op, mode, Caller::caller())
        }
    }
}

pub(crate) fn keep(value: u64) -> u64 {
    value
}

/// A block of locations that must be freed exactly once, after its last use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    id: BlockId,
    first: LocId,
    len: usize,
    opaque: bool,
}

impl Block {
    /// Allocates `len` locations. A block of none is a lifetime for accesses
    /// [`within`](Location::within) it.
    #[track_caller]
    pub fn alloc(name: &'static str, len: usize, initial: u64) -> Block {
        Block::create(Op::Alloc, name, len, initial, false)
    }

    /// A block of one location that may be freed, and need not be. If it is `opaque`, its values
    /// may differ from run to run, as for [`Location::opaque`].
    #[track_caller]
    pub fn place(name: &'static str, initial: u64, opaque: bool) -> Block {
        Block::create(Op::Create, name, 1, initial, opaque)
    }

    #[track_caller]
    fn create(op: Op, name: &'static str, len: usize, initial: u64, opaque: bool) -> Block {
        let request = Request {
            arg: len,
            value: initial,
            opaque,
            name,
            ..Request::new(op, Mode::Plain, Caller::caller())
        };
        let id = perform(request, &keep).value as BlockId;
        // While a run is being unwound, nothing depends on it.
        let first = first_of(id).unwrap_or(NOWHERE - len);
        Block {
            id,
            first,
            len,
            opaque,
        }
    }

    /// The location at `offset`.
    ///
    /// It is a misuse if the block is smaller.
    #[track_caller]
    pub fn at(self, offset: usize) -> Location {
        if offset >= self.len {
            let what = format!("offset {offset} of a block of {}", self.len);
            misuse::raise(&what, Caller::caller());
        }
        Location {
            opaque: self.opaque,
            ..Location::of(self.first + offset)
        }
    }

    /// Frees the block. It counts as an access of everything in the block.
    #[track_caller]
    pub fn free(self) {
        let request = Request {
            home: self.id,
            ..Request::new(Op::Free, Mode::Plain, Caller::caller())
        };
        perform(request, &keep);
    }
}

/// Orders memory accesses without one of its own.
#[track_caller]
pub fn fence(mode: Mode) {
    check_mode(Use::Fence, mode);
    perform(Request::new(Op::Fence, mode, Caller::caller()), &keep);
}

/// An explicit choice: every number below `bound` is explored. It is a misuse if `bound` is zero.
#[track_caller]
pub fn choice(bound: usize) -> usize {
    if bound == 0 {
        misuse::raise("a choice among nothing", Caller::caller());
    }
    let request = Request {
        arg: bound,
        ..Request::new(Op::Choice, Mode::Plain, Caller::caller())
    };
    perform(request, &keep).value as usize
}

/// Ends a turn of a waiting loop: the thread goes on when a location that it read in
/// this turn has changed.
#[track_caller]
pub fn spin() {
    perform(Request::new(Op::Spin, Mode::Plain, Caller::caller()), &keep);
}

/// A lock. Contention costs no executions but its outcomes: those in which a thread
/// waits are those in which it has the lock later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lock(Location);

impl Lock {
    /// An unlocked lock.
    #[track_caller]
    pub fn new(name: &'static str) -> Lock {
        Lock(Location::new(name, 0))
    }

    /// Where the lock is, for comparing it with what is [`foreseen`](crate::foreseen).
    pub fn location(self) -> Location {
        self.0
    }

    /// Takes the lock, waiting for it if need be.
    #[track_caller]
    pub fn lock(self) {
        wait(self.0, Op::Lock, 0, 1);
    }

    /// Takes the lock if it is free.
    #[track_caller]
    pub fn try_lock(self) -> bool {
        self.0
            .compare_exchange(0, 1, Mode::Acquire, Mode::Relaxed)
            .is_ok()
    }

    /// Gives the lock back. It is a misuse if the thread does not hold it.
    #[track_caller]
    pub fn unlock(self) {
        perform(self.0.request(Op::Unlock, Mode::Release), &|_| 0);
    }
}

/// A token on which one thread sleeps until another puts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Parker(Location);

impl Parker {
    /// A parker without a token.
    #[track_caller]
    pub fn new(name: &'static str) -> Parker {
        Parker(Location::new(name, 0))
    }

    /// Waits for the token and takes it.
    #[track_caller]
    pub fn park(self) {
        wait(self.0, Op::Park, 1, 0);
    }

    /// The same, by a thread that may also give up waiting: a run in which it waits for
    /// good is no deadlock, but blocked. The caller chooses ([`choice`]) whether it gets
    /// here or times out, so another run has the rest.
    #[track_caller]
    pub fn park_with_deadline(self) {
        wait(self.0, Op::TimedPark, 1, 0);
    }

    /// Puts the token, if it is not there yet.
    #[track_caller]
    pub fn unpark(self) {
        perform(self.0.request(Op::Unpark, Mode::Release), &|_| 1);
    }
}

#[track_caller]
fn wait(location: Location, op: Op, awaited: u64, new: u64) {
    location.wait(op, !0, awaited, |_| new);
}
