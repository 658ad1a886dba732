//! A failure explained, as data: what every form of a report tells, in the order in which it is told.
//!
//! An [`Explanation`] is made of a failure and nothing else, so that all forms of its report say the same. Steps are named
//! by their [`reports::trace::Step::number`].

mod buffered;
mod calls;
mod cause;
mod class;
mod deciding;
mod fold;
mod known;
mod passed;
mod patterns;
mod remarks;
mod unordered;
mod waiting;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use serde::{Deserialize, Serialize};

use reports::failure::{Failure, Tried};
use reports::trace::{Source, Trace};

pub use self::class::Class;
pub use self::wording::{action, search};

/// What a report tells of a failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// What kind of mistake it is, in the field's words.
    pub class: Class,
    /// The cause, in one sentence.
    pub cause: String,
    /// The line that the sentence is about.
    pub at: Option<Source>,
    /// What shows that the failure needs as much as it has, in one line.
    pub minimal: Option<String>,
    /// What was asked of the objects: the calls of the workers, in the order in which they began.
    pub calls: Vec<Call>,
    /// The steps without which there is nothing to tell.
    pub deciding: BTreeSet<usize>,
    /// The steps in short: the deciding ones and what belongs to them, the others folded.
    pub rows: Vec<Row>,
    /// What a step's row says behind its action, for the steps that have more to say.
    pub remarks: BTreeMap<usize, String>,
    /// Why the deciding steps are at odds.
    pub reasons: Vec<Reason>,
}

/// One call of a protocol operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The thread, an index into [`reports::trace::Trace::threads`].
    pub thread: usize,
    /// The operation, with its arguments where they are known: `list.append`.
    pub operation: String,
    /// What it gave back, where that is known.
    pub result: Option<String>,
    /// How many calls it is inside of.
    pub depth: usize,
    /// Where.
    pub at: Source,
    /// Its first and its last step, if it has any.
    pub steps: Option<(usize, usize)>,
    /// Whether it had come to its end.
    pub ended: bool,
}

/// One row of the steps in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "row")]
pub enum Row {
    /// A call of a protocol operation begins, with rows of its own below it.
    Call {
        /// The thread.
        thread: usize,
        /// The operation.
        operation: String,
        /// How many calls it is inside of.
        depth: usize,
    },
    /// A step.
    Step {
        /// Its number.
        step: usize,
        /// How many calls it is inside of.
        depth: usize,
        /// Whether it is among the deciding ones.
        deciding: bool,
    },
    /// Several steps of one thread.
    Fold {
        /// The thread.
        thread: usize,
        /// The first.
        first: usize,
        /// The last.
        last: usize,
        /// How many there are.
        count: usize,
        /// How many calls they are inside of.
        depth: usize,
        /// The chain of further calls that all of them are inside of, outermost first: `list.append > detach`.
        inside: String,
    },
    /// Many steps of several threads.
    Skip {
        /// The first.
        first: usize,
        /// The last.
        last: usize,
        /// How many there are.
        count: usize,
    },
}

/// A heading, and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// `nothing orders step 4 and step 8`.
    pub heading: String,
    /// Sentences.
    pub lines: Vec<String>,
    /// The steps that it speaks of.
    pub steps: BTreeSet<usize>,
}

impl Explanation {
    /// Explains a failure.
    #[must_use]
    pub fn of(failure: &Failure) -> Self {
        let trace = &failure.trace;
        let evidence = deciding::Evidence::of(failure);
        let cause = cause::of(&evidence);
        let deciding = evidence.deciding(&cause);
        Self {
            class: cause.class,
            rows: fold::rows(trace, &deciding, &evidence.related(&deciding)),
            calls: calls::of(trace),
            remarks: evidence.remarks(),
            reasons: evidence.reasons(cause.class),
            minimal: minimal(&failure.minimal),
            cause: cause.sentence,
            at: cause.at,
            deciding,
        }
    }
}

impl Explanation {
    /// A row for every step.
    #[must_use]
    pub fn all_rows(trace: &Trace, deciding: &BTreeSet<usize>) -> Vec<Row> {
        fold::all(trace, deciding)
    }
}

/// `no such failure within 0 preemptions: 412 executions, complete`: the largest bound of each kind.
fn minimal(tried: &[Tried]) -> Option<String> {
    let runs =
        tried.chunk_by(|left, right| discriminant(&left.within) == discriminant(&right.within));
    let told: Vec<String> = runs.filter_map(<[Tried]>::last).map(without).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

fn without(tried: &Tried) -> String {
    let extent = match tried.complete {
        true => "complete",
        false => "not complete",
    };
    let many = if tried.executions == 1 { "" } else { "s" };
    format!(
        "no such failure within {}: {} execution{many}, {extent}",
        tried.within,
        crate::text::grouped(tried.executions),
    )
}
