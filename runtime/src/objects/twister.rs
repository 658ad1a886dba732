//! The Mersenne twister that `random` draws from, under its object's lock.
//!
//! # Source           Matsumoto and Nishimura, "Mersenne Twister", 1998 (MT19937) with their initialisation of 2002; CPython
//! Modules/_randommodule.c (3.13.5) for how a float is made of two draws. Differences: none that can be seen.
//!
//! # State            624 words, and which of them is drawn next; at 624 all are made anew
//!
//! # Transitions      (l) holding the owner's lock
//!   draw -l-> the next word      seed, set -l-> other words
//!
//! # Invariants
//! 1. What one operation draws, no other one does.      library_twister_draws_differ
//!
//! # Orderings        none of its own: the lock orders everything
//!
//! # Not covered      What Python code draws in several operations: `randrange` may draw again, and others in between.
//!
//! # Checks           The scenario named above, fault `tw1`.

use crate::objects::header::Header;
use crate::protocols::critical_section;
use crate::protocols::thread_state::ThreadState;
use crate::sync::cell::Cell;
use crate::sync::{event, seeded};

/// How many words there are.
pub const WORDS: usize = 624;
const MIDDLE: usize = 397;

/// A generator; a part of an object, its owner.
#[derive(Debug)]
pub struct Twister(Cell<State>);

// SAFETY: the cell is used under the owner's lock.
unsafe impl Sync for Twister {}

/// The words, and which comes next.
#[derive(Clone, Debug)]
pub struct State {
    /// The words.
    pub words: [u32; WORDS],
    /// Which of them is drawn next; as many as there are when all were drawn.
    pub next: usize,
}

impl State {
    /// The state that one number begins.
    fn begun(seed: u32) -> Self {
        let mut words = [seed; WORDS];
        for index in 1..WORDS {
            let before = words[index - 1];
            let mixed = before ^ (before >> 30);
            words[index] = mixed.wrapping_mul(1_812_433_253).wrapping_add(index as u32);
        }
        Self { words, next: WORDS }
    }

    /// The state that a row of numbers begins, which is not empty.
    #[must_use]
    pub fn seeded(key: &[u32]) -> Self {
        let mut state = Self::begun(19_650_218);
        let words = &mut state.words;
        let mut place = 1;
        let mix = |words: &mut [u32; WORDS], place: usize, by: u32| {
            let before = words[place - 1];
            words[place] ^ (before ^ (before >> 30)).wrapping_mul(by)
        };
        let step = |words: &mut [u32; WORDS], place: &mut usize| {
            *place += 1;
            if *place == WORDS {
                words[0] = words[WORDS - 1];
                *place = 1;
            }
        };
        for count in 0..WORDS.max(key.len()) {
            let at = count % key.len();
            let mixed = mix(words, place, 1_664_525);
            words[place] = mixed.wrapping_add(key[at]).wrapping_add(at as u32);
            step(words, &mut place);
        }
        for _ in 1..WORDS {
            let mixed = mix(words, place, 1_566_083_941);
            words[place] = mixed.wrapping_sub(place as u32);
            step(words, &mut place);
        }
        words[0] = 0x8000_0000;
        state
    }

    fn renew(&mut self) {
        for index in 0..WORDS {
            let (next, far) = ((index + 1) % WORDS, (index + MIDDLE) % WORDS);
            let joined = (self.words[index] & 0x8000_0000) | (self.words[next] & 0x7fff_ffff);
            let odd = if joined & 1 == 0 { 0 } else { 0x9908_b0df };
            self.words[index] = self.words[far] ^ (joined >> 1) ^ odd;
        }
        self.next = 0;
    }

    /// The next 32 bits.
    pub fn draw(&mut self) -> u32 {
        if self.next >= WORDS {
            self.renew();
        }
        let mut word = self.words[self.next];
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }
}

impl Twister {
    /// A generator that is not seeded yet.
    #[must_use]
    pub fn new(state: State) -> Self {
        Self(Cell::new("twister", state))
    }

    /// Reads or changes the state in one step; `owner` is the object that this is a part of. `body` runs no Python code.
    pub fn with<R>(
        &self,
        ts: &ThreadState,
        owner: &Header,
        body: impl FnOnce(&mut State) -> R,
    ) -> R {
        event::writes(self, None);
        event::operation("twister.with", || {
            // SAFETY: the lock keeps other threads out, and `body` does not come back here.
            let change = || self.0.with_mut(|state| body(unsafe { &mut *state }));
            match seeded!("tw1-draw-without-lock") {
                true => change(),
                false => critical_section::with(ts, &owner.lock, change),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::State;

    #[test]
    fn the_first_words_are_those_of_the_authors() {
        let mut state = State::seeded(&[0x123, 0x234, 0x345, 0x456]);
        let drawn = [(); 5].map(|()| state.draw());
        let expected = [
            1_067_595_299,
            955_945_823,
            477_289_528,
            4_107_218_783,
            4_228_976_476,
        ];
        assert_eq!(drawn, expected);
    }
}
