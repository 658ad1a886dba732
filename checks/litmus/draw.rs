//! Small programs, drawn at random from a seed.

use super::program::Op::{self, Add, Cas, Fence, Load, Locked, Store, Swap, WeakCas};
use super::program::Order::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};
use super::program::{Place, Program, Register};

/// What a drawn program may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Loads, fences, and places that are either stored to or updated: what loom is not known to be blind for.
    Apart,
    /// Everything that the language has, but for conditions.
    Any,
}

/// A generator of numbers (xorshift), so that a seed says all.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits fit") % bound
    }

    fn one_of(&mut self, orders: &[Order]) -> Order {
        orders[self.below(orders.len())]
    }
}

/// The program of a seed: two or three threads, two places, six operations at most, sections not counted.
#[must_use]
pub fn program(seed: u64, kind: Kind) -> &'static Program {
    let mut numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let threads = 2 + numbers.below(2);
    let updated = [numbers.below(3) == 0, numbers.below(3) == 0];
    let mut draw = Draw {
        numbers,
        kind,
        updated,
        registers: 0,
        weak: false,
    };
    let length = if threads == 2 { 3 } else { 2 };
    let values = (1..).take(threads);
    let threads: Vec<_> = values.map(|value| draw.thread(value, length)).collect();
    Box::leak(Box::new(Program {
        name: "drawn",
        source: "at random",
        places: &["x", "y"],
        registers: draw.registers,
        threads: threads.leak(),
        weak: &[],
        missed: &[],
        invented: &[],
        bad: None,
    }))
}

/// A program that is being drawn.
struct Draw {
    numbers: Numbers,
    kind: Kind,
    /// The places that only updates write, in programs that keep them apart.
    updated: [bool; 2],
    registers: Register,
    /// A weak compare-exchange was drawn. The worlds limit spurious failures differently, and agree when one can fail.
    weak: bool,
}

impl Draw {
    /// A thread that writes `value`, which tells writers apart.
    fn thread(&mut self, value: u32, length: usize) -> &'static [Op] {
        let ops: Vec<Op> = (0..length).map(|_| self.operation(value)).collect();
        let ops = &*ops.leak();
        if self.kind == Kind::Apart || self.numbers.below(4) > 0 {
            return ops;
        }
        let start = self.numbers.below(length);
        let end = start + 1 + self.numbers.below(length - start);
        let section = [&ops[..start], &[Locked(&ops[start..end])], &ops[end..]];
        section.concat().leak()
    }

    fn operation(&mut self, value: u32) -> Op {
        let place = self.numbers.below(2);
        match (self.numbers.below(8), self.kind) {
            (0..=2, _) => {
                let order = self.numbers.one_of(&[Relaxed, Acquire]);
                Load(self.register(), place, order)
            }
            (3, _) => Fence((self.numbers).one_of(&[Acquire, Release, AcqRel, SeqCst, SeqCst])),
            (_, Kind::Apart) if self.updated[place] => self.update(place, value),
            (6.., Kind::Any) => self.update(place, value),
            (5, Kind::Any) => self.exchange(place, value),
            _ => Store(place, value, self.numbers.one_of(&[Relaxed, Release])),
        }
    }

    fn update(&mut self, place: Place, value: u32) -> Op {
        let register = self.register();
        if self.numbers.below(2) == 0 {
            let orders = [Relaxed, Acquire, Release, AcqRel];
            return Swap(register, place, value, self.numbers.one_of(&orders));
        }
        Add(
            register,
            place,
            value,
            self.numbers.one_of(&[Relaxed, AcqRel]),
        )
    }

    fn exchange(&mut self, place: Place, value: u32) -> Op {
        let register = self.register();
        let expected = u32::try_from(self.numbers.below(3)).expect("it is small");
        let order = self.numbers.one_of(&[Relaxed, Acquire, Release, AcqRel]);
        let weak = !self.weak && self.numbers.below(2) == 0;
        self.weak |= weak;
        match weak {
            true => WeakCas(register, place, expected, value, order),
            false => Cas(register, place, expected, value, order),
        }
    }

    fn register(&mut self) -> Register {
        self.registers += 1;
        self.registers - 1
    }
}
