//! The targets: one file each, a table of operations with what each is given, what it does when nothing else happens,
//! and how it is done here.

mod attributes;
mod blocks;
mod bytearray;
mod code;
mod collector;
mod counts;
mod dict;
mod events;
mod iterators;
mod list;
mod lookups;
mod modules;
mod references;
mod sections;
mod set;
mod slots;
mod stops;
mod texts;
mod thread_locks;
mod threads;
mod values;

use std::sync::Arc;

use super::body::Player;
use super::rt;
use super::rt::objects::{Hooks, Value};
use super::rt::protocols::thread_state::ThreadState;
use super::stage::Cast;
use crate::program::Step;
use crate::spec::{Arg, At, Close, Frame, Model, Next, Row, Spec, TargetSpec};
use crate::state::{Answer, State};

/// A target, and how it is played here.
#[allow(
    dead_code,
    reason = "one world tells what the targets say of themselves"
)]
pub(crate) struct Target {
    /// What the command line calls it.
    pub(crate) name: &'static str,
    /// What is asked of it.
    pub(crate) question: &'static str,
    /// The types whose tables it draws from.
    pub(crate) types: &'static [&'static str],
    /// What is shared at the start.
    pub(crate) start: &'static [Row],
    /// The most threads that it is drawn for.
    pub(crate) threads: usize,
    /// Its operations.
    pub(crate) operations: &'static [Operation],
    /// Methods that it does not draw, each with the reason.
    pub(crate) excepted: &'static [(&'static str, &'static str)],
    /// Makes a program one that ends.
    pub(crate) close: Option<Close>,
    /// What of a state belongs to one key.
    pub(crate) project: Option<fn(&State, i8) -> State>,
    /// The code of its objects.
    pub(crate) hooks: &'static dyn Hooks,
    /// Makes the objects; they are the first thread's.
    pub(crate) build: fn(&ThreadState, &State) -> Cast,
    /// What is in them when all threads have done their work.
    pub(crate) read: fn(&ThreadState, &Cast) -> State,
}

// SAFETY: a target is a constant; its hooks hold nothing.
unsafe impl Sync for Target {}

/// An operation, and how it is done here.
pub(crate) struct Operation {
    /// What is said of it in every world.
    pub(crate) spec: Spec,
    /// Does it.
    pub(crate) real: fn(&Player<'_>, &[i8]) -> Answer,
}

/// How an operation is done here.
type Real = fn(&Player<'_>, &[i8]) -> Answer;

const fn op(
    name: &'static str,
    methods: &'static str,
    shown: &'static str,
    args: &'static [Arg],
    weight: u8,
    model: Model,
    real: Real,
) -> Operation {
    let spec = Spec {
        name,
        methods,
        shown,
        args,
        weight,
        key: None,
        model,
    };
    Operation { spec, real }
}

impl Operation {
    /// The same, as one that touches only the key that its first argument names.
    const fn of_key(mut self) -> Self {
        self.spec.key = Some(0);
        self
    }
}

const INDEX: Answer = Answer::Raised("IndexError");
const VALUE: Answer = Answer::Raised("ValueError");
const KEY: Answer = Answer::Raised("KeyError");

/// Why a method is not drawn.
const ALONE: &str = "makes an object that nobody else knows yet";
const WITHIN_PYTHON: &str =
    "written in Python on top of the operations here, or above the objects that the models mount";

static ALL: &[&Target] = &[
    &list::TARGET,
    &dict::TARGET,
    &set::TARGET,
    &bytearray::TARGET,
    &counts::TARGET,
    &iterators::TARGET,
    &attributes::TARGET,
    &slots::TARGET,
    &lookups::TARGET,
    &texts::TARGET,
    &thread_locks::TARGET,
    &events::TARGET,
    &modules::TARGET,
    &references::TARGET,
    &sections::TARGET,
    &stops::TARGET,
    &threads::TARGET,
    &collector::TARGET,
    &code::TARGET,
];

/// The target of a name that is known.
pub(crate) fn find(name: &str) -> &'static Target {
    let found = ALL.iter().find(|target| target.name == name);
    found.expect("a program names a target that there is")
}

/// What the targets say of themselves.
#[allow(dead_code, reason = "as above")]
pub(crate) fn all() -> Vec<Arc<TargetSpec>> {
    ALL.iter().map(|target| Arc::new(spec(target))).collect()
}

#[allow(dead_code, reason = "as above")]
fn spec(target: &'static Target) -> TargetSpec {
    TargetSpec {
        name: target.name,
        question: target.question,
        types: target.types,
        start: target.start,
        threads: target.threads,
        operations: target.operations.iter().map(|known| &known.spec).collect(),
        excepted: target.excepted,
        close: target.close,
        project: target.project,
    }
}

/// The object of the cast with this number, as what it is.
fn object<T: rt::objects::Object>(cast: &Cast, at: usize) -> &T {
    let value: &Value = &cast.objects[at];
    value.downcast().expect("what the target made")
}
