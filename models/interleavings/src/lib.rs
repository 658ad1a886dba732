//! A search through the interleavings of a program whose operations say what they are about to touch.
//!
//! Two operations of different threads *conflict* if they touch the same place and one of them changes it. Interleavings
//! that order all conflicting operations alike are equivalent: one of each class is enough. The search is stateless: it
//! runs the program again and again, and is asked at every choice which thread goes on.
//!
//! # Source           Flanagan and Godefroid, POPL 2005 (backtracking where a race is); Abdulla, Aronsson, Jonsson and
//! Sagonas, POPL 2014 (source sets); Godefroid's thesis (sleep sets).
//!
//! # Invariants
//! 1. No two complete executions of a search with reduction are equivalent: a thread in the sleep set of a state is not
//!    chosen there.
//! 2. For every race of an execution, the reversal is begun by some thread that the earlier state has chosen or will
//!    choose: an initial of what happens without the earlier operation.
//! 3. Executions that share their first choices share their first events, so events are kept while they are repeated.
//!
//! # Example
//!
//! ```
//! use interleavings::{Access, Choice, Effect, Limits, Operation, Place, Search};
//!
//! let shared = Place { object: 1, part: 1 };
//! let mut search = Search::new(Limits::default());
//! while search.begin() {
//!     let mut left = [1, 1];
//!     loop {
//!         let next = left.map(|left| (left > 0).then(|| Operation::of(Access::new(shared, Effect::Write))));
//!         match search.choose(&next) {
//!             Choice::Run(thread) => left[thread] -= 1,
//!             Choice::Ended | Choice::Redundant => break,
//!         }
//!     }
//!     search.end();
//! }
//! assert_eq!(search.executions(), 2);
//! ```

mod access;
mod clock;
mod operation;
mod races;
mod search;

pub use access::{Access, Effect, Place};
pub use clock::{Clock, MAX_THREADS};
pub use operation::Operation;
pub use races::Race;
pub use search::{Choice, Event, Limits, Search};
