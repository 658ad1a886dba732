//! What kind of mistake a failure shows, in the field's words.

use std::fmt;

use serde::{Deserialize, Serialize};

use reports::failure::FailureKind;

/// What kind of mistake a failure shows: finer than the rule that it broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Two unordered accesses of plain data, one of them a write.
    DataRace,
    /// A freed block is touched.
    UseAfterFree,
    /// A freed block is freed again.
    DoubleFree,
    /// A block is never freed.
    Leak,
    /// A thread writes what it made of an old value, over another thread's write.
    LostUpdate,
    /// A read misses a write that it should have seen.
    StaleRead,
    /// A thread sees one part of what another wrote together, and not the other part.
    TornRead,
    /// The calls of the threads have no order that explains what they did.
    NotLinearizable,
    /// Threads wait for each other.
    Deadlock,
    /// A thread sleeps, and nobody is left to wake it.
    LostWakeUp,
    /// Threads run and nothing can change any more.
    Livelock,
    /// A numbered invariant of a protocol does not hold.
    Invariant,
    /// An *always* clause of the scenario does not hold.
    Claim,
    /// The code panicked for a reason of its own.
    Panic,
    /// The code did something else than before at the same point.
    Nondeterminism,
    /// The interesting case was never reached.
    Vacuous,
}

impl Class {
    /// Whether a rule of memory was broken, so that the two accesses say it all.
    #[must_use]
    pub fn is_of_memory(self) -> bool {
        matches!(
            self,
            Class::DataRace | Class::UseAfterFree | Class::DoubleFree | Class::Leak
        )
    }

    /// The class of a rule, where nothing finer is known.
    #[must_use]
    pub fn of(kind: FailureKind) -> Self {
        match kind {
            FailureKind::Claim => Class::Claim,
            FailureKind::Invariant => Class::Invariant,
            FailureKind::DataRace => Class::DataRace,
            FailureKind::UseAfterFree => Class::UseAfterFree,
            FailureKind::DoubleFree => Class::DoubleFree,
            FailureKind::Leak => Class::Leak,
            FailureKind::Deadlock => Class::Deadlock,
            FailureKind::Livelock => Class::Livelock,
            FailureKind::Panic => Class::Panic,
            FailureKind::Nondeterminism => Class::Nondeterminism,
            FailureKind::Vacuous => Class::Vacuous,
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Class::DataRace => "data race",
            Class::UseAfterFree => "use after free",
            Class::DoubleFree => "double free",
            Class::Leak => "leak",
            Class::LostUpdate => "lost update",
            Class::StaleRead => "stale read",
            Class::TornRead => "torn read",
            Class::NotLinearizable => "not linearizable",
            Class::Deadlock => "deadlock",
            Class::LostWakeUp => "lost wake-up",
            Class::Livelock => "livelock",
            Class::Invariant => "broken invariant",
            Class::Claim => "broken claim",
            Class::Panic => "panic",
            Class::Nondeterminism => "not deterministic",
            Class::Vacuous => "vacuous",
        })
    }
}
