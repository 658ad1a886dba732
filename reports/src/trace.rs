//! One execution, step by step, with names for values and places.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One execution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Trace {
    /// The threads' names, in order of their start; steps refer to them by position.
    pub threads: Vec<String>,
    /// The steps, in an order in which they can have run: each thread's in program order, and those of one place, block
    /// or lock in the order in which they ran.
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
    /// Where the fault that is on, or the site that is weakened, took effect.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub switched: Vec<Source>,
    /// The text of the lines that the steps stand at, as they were built; empty where nobody knows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excerpts: Vec<Excerpt>,
}

impl Trace {
    /// Where the step of this number stands, if it is shown.
    #[must_use]
    pub fn position(&self, number: usize) -> Option<usize> {
        // A begin or an end of an operation has the number of the step before it, and stands behind it.
        let at = self.steps.partition_point(|step| step.number < number);
        let step = self.steps.get(at)?;
        (step.number == number && !step.is_bracket()).then_some(at)
    }

    /// The step of this number, if it is shown.
    #[must_use]
    pub fn step(&self, number: usize) -> Option<&Step> {
        Some(&self.steps[self.position(number)?])
    }

    /// The name of a thread.
    #[must_use]
    pub fn thread(&self, thread: usize) -> &str {
        self.threads.get(thread).map_or("?", String::as_str)
    }

    /// The text of a line, if it is known.
    #[must_use]
    pub fn line(&self, at: &Source) -> Option<&str> {
        self.excerpts.iter().find_map(|excerpt| excerpt.line(at))
    }
}

/// One step of one thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// Position in the execution, counted from 1. The begin and the end of an operation are not counted: they have the
    /// number of the step before them.
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
    /// Why the thread cannot go on by itself after the step, as in `is blocked on lock#1`; empty when it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<String>,
    /// What an execution graph knows of it; only a world that explores graphs can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<Memory>,
}

impl Step {
    /// Whether it is the begin or the end of an operation, which has no number of its own.
    #[must_use]
    pub fn is_bracket(&self) -> bool {
        matches!(self.action, Action::Begin { .. } | Action::End { .. })
    }

    /// The place, block, lock or key that it touches.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        match &self.action {
            Action::Load { place, .. }
            | Action::Store { place, .. }
            | Action::Update { place, .. }
            | Action::Failed { place, .. }
            | Action::Read { place }
            | Action::Write { place } => Some(place),
            Action::Alloc { block, .. } | Action::Free { block } => Some(block),
            Action::Acquired { lock } | Action::Released { lock } => Some(lock),
            Action::Park { key } | Action::Woke { key, .. } | Action::Unpark { key, .. } => {
                Some(key)
            }
            Action::Fence { .. }
            | Action::Spawn { .. }
            | Action::Join { .. }
            | Action::Begin { .. }
            | Action::End { .. }
            | Action::Broke { .. } => None,
        }
    }
}

/// What an execution graph knows of a step. Other steps are named by their [`Step::number`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coherence {
    /// The place.
    pub place: String,
    /// Its writes, from the value that it was made with to the last.
    pub writes: Vec<Write>,
}

/// What a step did. Places and values are rendered with names: `dict#1.keys`, `keys#3`, `42`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// A protocol operation begins; with its arguments, where they are known.
    Begin { operation: String },
    /// A protocol operation ends, and what it gives back, where that is known.
    End {
        operation: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        result: Option<String>,
    },
    /// The rule that broke, at the step that broke it.
    Broke { claim: String, detail: String },
}

/// A line of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Path from the repository's root.
    pub file: String,
    /// Line, counted from 1.
    pub line: u32,
}

/// Some lines of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Excerpt {
    /// Path from the repository's root.
    pub file: String,
    /// The number of the first line, counted from 1.
    pub first: u32,
    /// The lines.
    pub lines: Vec<String>,
}

impl Excerpt {
    /// The text of a line, if it is among these.
    #[must_use]
    pub fn line(&self, at: &Source) -> Option<&str> {
        let below = at.line.checked_sub(self.first)?;
        let line = self.lines.get(usize::try_from(below).ok()?)?;
        (self.file == at.file).then_some(line)
    }
}

impl Source {
    /// `refcount.rs:40`, for where there is little room.
    #[must_use]
    pub fn file_line(&self) -> String {
        let file = self.file.rsplit('/').next().unwrap_or_default();
        format!("{file}:{}", self.line)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// A heap block and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// Its name, `dict#1`.
    pub name: String,
    /// Bytes.
    pub size: usize,
    /// What happened to it, in order.
    pub history: Vec<Fate>,
}

/// What happened to a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fate {
    /// `allocated` or `freed`.
    pub what: String,
    /// By which thread, an index into [`Trace::threads`].
    pub thread: usize,
    /// Where.
    pub at: Source,
    /// The step, if it is shown.
    pub step: Option<usize>,
}

impl Fate {
    /// `allocated by T1 at runtime/src/objects/life.rs:40 (step 3)`, with the thread's name.
    #[must_use]
    pub fn told(&self, thread: &str) -> String {
        let step = self.step.map(|step| format!(" (step {step})"));
        format!(
            "{} by {thread} at {}{}",
            self.what,
            self.at,
            step.unwrap_or_default()
        )
    }
}

/// One blocked thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Wait {
    /// The thread.
    pub thread: String,
    /// What it waits for.
    pub on: String,
    /// Who holds that, if anybody.
    pub holder: Option<String>,
}
