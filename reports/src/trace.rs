//! One execution, step by step, with names for values and places.

use serde::{Deserialize, Serialize};

/// One execution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The threads' names, in order of their start; steps refer to them by position.
    pub threads: Vec<String>,
    /// The steps, in the order in which they ran.
    pub steps: Vec<Step>,
    /// Every heap block that the failure is about, with its history.
    pub blocks: Vec<Block>,
    /// Who waits for whom, when threads were blocked at the end.
    pub waits: Vec<Wait>,
    /// The coherence order of every place that was written more than once; only a world that explores graphs knows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coherence: Vec<Coherence>,
    /// The steps that nothing orders although something must: the two accesses of a race, a touch and a free. One that
    /// broke the rule before it took effect has no step, and the step that broke stands for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflict: Vec<usize>,
}

/// One step of one thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Position in the execution, counted from 1.
    pub number: usize,
    /// The thread, an index into [`Trace::threads`].
    pub thread: usize,
    /// What it did.
    pub action: Action,
    /// Where in the source.
    pub at: Source,
    /// The protocol operations that it is inside, outermost first.
    pub operations: Vec<String>,
    /// The locks that it holds after the step.
    pub held: Vec<String>,
    /// Why this thread runs and not the one of the step before; empty when it is the same thread.
    pub switch: Option<String>,
    /// What an execution graph knows of it; only a world that explores graphs can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<Memory>,
}

/// What an execution graph knows of a step. Other steps are named by their [`Step::number`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// For a read: the write whose value it took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Write>,
    /// For a read: the newest write of its place, in coherence order, of those that ran before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest: Option<Write>,
    /// For a write: its position in the coherence order of its place, where 0 is the value that the place was made with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coherence: Option<usize>,
    /// The last step of each other thread that happens before this step, where the step before did not know of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<usize>,
}

/// A write of a place, as a step that reads it refers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Write {
    /// The value that the place was made with.
    Initial,
    /// The step of this number.
    Step(usize),
    /// A write that is not among the steps.
    Hidden,
}

impl Write {
    /// The number of the step, if it is one.
    #[must_use]
    pub fn step(self) -> Option<usize> {
        match self {
            Write::Step(number) => Some(number),
            Write::Initial | Write::Hidden => None,
        }
    }
}

/// The order in which the writes of one place stand for every thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coherence {
    /// The place.
    pub place: String,
    /// Its writes, from the value that it was made with to the last.
    pub writes: Vec<Write>,
}

/// What a step did. Places and values are rendered with names: `dict#1.keys`, `keys#3`, `42`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum Action {
    /// An atomic load.
    Load {
        place: String,
        value: String,
        order: String,
    },
    /// An atomic store.
    Store {
        place: String,
        value: String,
        order: String,
    },
    /// An atomic read-modify-write that took effect.
    Update {
        place: String,
        operation: String,
        old: String,
        new: String,
        order: String,
    },
    /// A compare-exchange that found another value.
    Failed {
        place: String,
        expected: String,
        found: String,
        order: String,
    },
    /// A fence.
    Fence { order: String },
    /// A plain read.
    Read { place: String },
    /// A plain write.
    Write { place: String },
    /// A block was allocated.
    Alloc { block: String, size: usize },
    /// A block was freed.
    Free { block: String },
    /// A lock was taken.
    Acquired { lock: String },
    /// A lock was given up.
    Released { lock: String },
    /// The thread went to sleep.
    Park { key: String },
    /// The thread woke up, and why.
    Woke { key: String, reason: String },
    /// The thread woke others.
    Unpark { key: String, woken: usize },
    /// A thread was started.
    Spawn { thread: String },
    /// A thread's end was waited for.
    Join { thread: String },
    /// A protocol operation begins.
    Begin { operation: String },
    /// A protocol operation ends.
    End { operation: String },
    /// The rule that broke, at the step that broke it.
    Broke { claim: String, detail: String },
}

/// A line of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Path from the repository's root.
    pub file: String,
    /// Line, counted from 1.
    pub line: u32,
}

/// A heap block and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its name, `dict#1`.
    pub name: String,
    /// Bytes.
    pub size: usize,
    /// What happened to it, in order: `allocated by T1 at objects/dict/api.rs:40 (step 3)`.
    pub history: Vec<String>,
}

/// One blocked thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// The thread.
    pub thread: String,
    /// What it waits for.
    pub on: String,
    /// Who holds that, if anybody.
    pub holder: Option<String>,
}
