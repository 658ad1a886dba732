//! Small programs, drawn at random from a seed.

use checks_loom::litmus::program::Op::{self, Add, Fence, Load, Store, Swap};
use checks_loom::litmus::program::Order::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};
use checks_loom::litmus::program::Program;

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

/// The program of a seed: two or three threads, two places, six operations at most.
///
/// A place is either stored to or updated, since mixing both is a known blind spot of loom.
pub(crate) fn program(seed: u64) -> &'static Program {
    let mut numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let threads = 2 + numbers.below(2);
    let updated = [numbers.below(3) == 0, numbers.below(3) == 0];
    let mut registers = 0;
    let threads: Vec<&'static [Op]> = (0..threads)
        .map(|thread| {
            let count = if threads == 2 { 3 } else { 2 };
            let ops: Vec<Op> = (0..count)
                .map(|_| operation(&mut numbers, thread, updated, &mut registers))
                .collect();
            &*ops.leak()
        })
        .collect();
    Box::leak(Box::new(Program {
        name: "drawn",
        source: "at random",
        places: &["x", "y"],
        registers,
        threads: threads.leak(),
        weak: &[],
        missed: &[],
        bad: None,
    }))
}

/// Whether some place is stored to more than twice.
pub(crate) fn has_three_stores(program: &Program) -> bool {
    let ops = || program.threads.iter().copied().flatten();
    let stores = |place| ops().filter(move |op| matches!(op, Store(p, ..) if *p == place));
    (0..program.places.len()).any(|place| stores(place).count() > 2)
}

fn operation(
    numbers: &mut Numbers,
    thread: usize,
    updated: [bool; 2],
    registers: &mut usize,
) -> Op {
    let place = numbers.below(2);
    // Values tell writers apart.
    let value = u32::try_from(thread).expect("few threads") + 1;
    let mut register = || {
        *registers += 1;
        *registers - 1
    };
    match numbers.below(8) {
        0..=2 => Load(register(), place, numbers.one_of(&[Relaxed, Acquire])),
        3 => Fence(numbers.one_of(&[Acquire, Release, AcqRel, SeqCst, SeqCst])),
        _ if !updated[place] => Store(place, value, numbers.one_of(&[Relaxed, Release])),
        4 | 5 => Swap(
            register(),
            place,
            value,
            numbers.one_of(&[Relaxed, Acquire, Release, AcqRel]),
        ),
        _ => Add(register(), place, value, numbers.one_of(&[Relaxed, AcqRel])),
    }
}
