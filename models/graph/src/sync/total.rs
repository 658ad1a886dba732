//! What all executions of an exploration came to together, and how it is saved.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use graph_engine::Checkpoint;
use reports::plan::Rest;
use reports::scenario::Ledger;
use serde::{Deserialize, Serialize};

use super::run::Spent;

/// The sum over executions.
#[derive(Clone, Debug, Default)]
pub(super) struct Total {
    pub(super) ledger: Ledger,
    /// Which bounds some run has met.
    pub(super) spent: Arc<Spent>,
}

/// An exploration that was interrupted.
#[derive(Debug, Serialize, Deserialize)]
struct Saved {
    checkpoint: Checkpoint,
    witnesses: BTreeMap<String, u64>,
    outcomes: BTreeSet<String>,
    out_of_time_outs: bool,
    out_of_wake_ups: bool,
}

impl Total {
    /// Adds what one complete execution came to.
    pub(super) fn add(&mut self, ledger: Ledger) {
        for (witness, count) in ledger.witnesses {
            *self.ledger.witnesses.entry(witness).or_default() += count;
        }
        self.ledger.outcomes.extend(ledger.outcomes);
    }

    /// Whether some run met the bound on time-outs.
    pub(super) fn is_out_of_time_outs(&self) -> bool {
        // ORDERING: Relaxed: asked when the exploration is over, after its threads were joined.
        self.spent.time_outs.load(Relaxed)
    }

    /// Whether some run met the bound on spurious wake-ups.
    pub(super) fn is_out_of_wake_ups(&self) -> bool {
        // ORDERING: Relaxed, as above.
        self.spent.wake_ups.load(Relaxed)
    }

    /// The text from which [`Total::resume`] goes on.
    pub(super) fn save(&self, checkpoint: Checkpoint) -> Rest {
        let witnesses = self.ledger.witnesses.iter();
        let saved = Saved {
            checkpoint,
            witnesses: witnesses
                .map(|(name, n)| ((*name).to_owned(), *n))
                .collect(),
            outcomes: self.ledger.outcomes.clone(),
            out_of_time_outs: self.is_out_of_time_outs(),
            out_of_wake_ups: self.is_out_of_wake_ups(),
        };
        Rest(serde_json::to_string(&saved).expect("names and numbers can be written"))
    }

    /// What an interrupted exploration had come to, and what it had left. `witnesses` are the scenario's.
    ///
    /// # Errors
    /// When the text is not what [`Total::save`] gave.
    pub(super) fn resume(
        rest: &Rest,
        witnesses: &[&'static str],
    ) -> Result<(Self, Checkpoint), serde_json::Error> {
        let mut saved: Saved = serde_json::from_str(&rest.0)?;
        let known = witnesses.iter().copied();
        let counts = known.filter_map(|name| Some((name, saved.witnesses.remove(name)?)));
        let total = Self {
            ledger: Ledger {
                witnesses: counts.collect(),
                outcomes: saved.outcomes,
            },
            spent: Arc::new(Spent {
                time_outs: saved.out_of_time_outs.into(),
                wake_ups: saved.out_of_wake_ups.into(),
            }),
        };
        Ok((total, saved.checkpoint))
    }
}
