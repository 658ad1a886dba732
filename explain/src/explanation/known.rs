//! What each step of a trace knows of the other threads: happens-before, and who could have told it more.

use std::collections::BTreeMap;

use reports::trace::{Action, Step, Trace};

/// For each thread, the number of its last step that is known.
type Clock = BTreeMap<usize, usize>;

/// The clocks of every step of a trace whose world explores graphs.
pub(super) struct Known<'a> {
    trace: &'a Trace,
    /// By happens-before.
    ordered: Vec<Clock>,
    /// By program order and reads-from: what would be ordered if every read acquired and every write released.
    reached: Vec<Clock>,
}

impl<'a> Known<'a> {
    /// Nothing, when no step says what a graph knows of it.
    pub(super) fn of(trace: &'a Trace) -> Option<Self> {
        let told = trace.steps.iter().any(|step| step.memory.is_some());
        told.then(|| Self {
            trace,
            ordered: clocks(trace, |step| received(step).to_vec()),
            reached: clocks(trace, |step| {
                let mut sources = received(step).to_vec();
                sources.extend(source(step));
                sources
            }),
        })
    }

    pub(super) fn trace(&self) -> &'a Trace {
        self.trace
    }

    /// The step of this number, if it is shown.
    pub(super) fn step(&self, number: usize) -> Option<&'a Step> {
        self.trace.step(number)
    }

    pub(super) fn thread(&self, thread: usize) -> &'a str {
        self.trace.thread(thread)
    }

    /// The last step of `thread` that happens before `step`.
    pub(super) fn last(&self, step: &Step, thread: usize) -> Option<&'a Step> {
        let clock = &self.ordered[self.trace.position(step.number)?];
        self.step(*clock.get(&thread)?)
    }

    /// Whether no step of the thread before `step`, such as waiting for another's end, knows of `other`.
    pub(super) fn is_news(&self, other: &Step, step: &Step) -> bool {
        let at = self.trace.position(step.number).unwrap_or(0);
        let own = |before: &&Step| before.thread == step.thread && !before.is_bracket();
        let before = self.trace.steps[..at].iter().rfind(own);
        !before.is_some_and(|before| self.is_ordered(other, before))
    }

    /// Whether `earlier` happens before `later`.
    pub(super) fn is_ordered(&self, earlier: &Step, later: &Step) -> bool {
        is_in(self.trace, &self.ordered, earlier, later)
    }

    /// Whether a chain of program order and reads-from leads from `earlier` to `later`, or they are the same.
    pub(super) fn is_reached(&self, earlier: &Step, later: &Step) -> bool {
        is_in(self.trace, &self.reached, earlier, later)
    }
}

fn is_in(trace: &Trace, clocks: &[Clock], earlier: &Step, later: &Step) -> bool {
    let clock = trace.position(later.number).map(|at| &clocks[at]);
    let known = clock.and_then(|clock| clock.get(&earlier.thread));
    known.is_some_and(|known| earlier.number <= *known)
}

/// The clock of every step, where a step learns from the steps that `sources` gives, beside those of its own thread.
fn clocks(trace: &Trace, sources: impl Fn(&Step) -> Vec<usize>) -> Vec<Clock> {
    let mut threads: BTreeMap<usize, Clock> = BTreeMap::new();
    let mut clocks: Vec<Clock> = Vec::with_capacity(trace.steps.len());
    for step in &trace.steps {
        let mut clock = threads.remove(&step.thread).unwrap_or_default();
        if let Some(joined) = joined(trace, step).and_then(|thread| threads.get(&thread)) {
            join(&mut clock, joined);
        }
        let earlier = sources(step)
            .into_iter()
            .filter_map(|number| trace.position(number));
        for source in earlier.filter_map(|at| clocks.get(at)) {
            join(&mut clock, source);
        }
        if !step.is_bracket() {
            clock.insert(step.thread, step.number);
        }
        if let Some(child) = started(trace, step) {
            threads.insert(child, clock.clone());
        }
        threads.insert(step.thread, clock.clone());
        clocks.push(clock);
    }
    clocks
}

fn join(clock: &mut Clock, other: &Clock) {
    for (thread, number) in other {
        let known = clock.entry(*thread).or_default();
        *known = (*known).max(*number);
    }
}

fn received(step: &Step) -> &[usize] {
    step.memory.as_ref().map_or(&[], |memory| &memory.after)
}

/// The step whose value a read took.
pub(super) fn source(step: &Step) -> Option<usize> {
    step.memory.as_ref()?.from?.step()
}

fn started(trace: &Trace, step: &Step) -> Option<usize> {
    match &step.action {
        Action::Spawn { thread } => trace.threads.iter().position(|name| name == thread),
        _ => None,
    }
}

fn joined(trace: &Trace, step: &Step) -> Option<usize> {
    match &step.action {
        Action::Join { thread } => trace.threads.iter().position(|name| name == thread),
        _ => None,
    }
}
