//! What must come before what, in every order that is the same execution.

use std::collections::{BTreeSet, HashMap};

use super::Unit;
use crate::trace::{Action, Step, Trace};

/// For each unit, units that must come before it. Those of its own thread go without saying.
pub(super) fn needs(trace: &Trace, units: &[Unit]) -> Vec<Vec<usize>> {
    let mut order = Order {
        touched: HashMap::new(),
        needs: Vec::with_capacity(units.len()),
    };
    let mut of_step: HashMap<usize, usize> = HashMap::new();
    for (unit, Unit { thread, step, .. }) in units.iter().enumerate() {
        let mut needs = BTreeSet::new();
        if let Some(step) = step.map(|at| &trace.steps[at]) {
            of_step.insert(step.number, unit);
            order.touches(unit, step, &mut needs);
            let learnt = step.memory.iter().flat_map(|memory| &memory.after);
            needs.extend(learnt.filter_map(|number| of_step.get(number)));
            needs.extend(ended(trace, &units[..unit], step));
        }
        needs.extend(started(trace, &units[..unit], *thread));
        needs.extend(resumed(trace, &units[..unit], *thread));
        needs.remove(&unit);
        order.needs.push(needs.into_iter().collect());
    }
    order.needs
}

struct Order {
    /// For each thing that is touched: who wrote it last, and who read it since.
    touched: HashMap<String, (Option<usize>, Vec<usize>)>,
    needs: Vec<Vec<usize>>,
}

impl Order {
    fn touches(&mut self, unit: usize, step: &Step, needs: &mut BTreeSet<usize>) {
        for (thing, writes) in things(step) {
            let (written, read) = self.touched.entry(thing).or_default();
            needs.extend(*written);
            if writes {
                needs.extend(read.drain(..));
                *written = Some(unit);
            } else {
                read.push(unit);
            }
        }
    }
}

/// What a step touches, and whether it changes it.
fn things(step: &Step) -> Vec<(String, bool)> {
    let Some(subject) = step.subject() else {
        return match &step.action {
            Action::Fence { order } if order == "SeqCst" => vec![("fence".to_owned(), true)],
            _ => Vec::new(),
        };
    };
    let reads = matches!(
        step.action,
        Action::Load { .. } | Action::Failed { .. } | Action::Read { .. }
    );
    let mut things = vec![(subject.to_owned(), !reads)];
    // A touch of what lies in a block reads the block: it is alive.
    if let Some((block, _)) = subject.split_once('.') {
        things.push((block.to_owned(), false));
    }
    things
}

/// The last unit of the thread that the step has waited for.
fn ended(trace: &Trace, before: &[Unit], step: &Step) -> Option<usize> {
    let Action::Join { thread } = &step.action else {
        return None;
    };
    let own = |unit: &Unit| trace.thread(unit.thread) == thread;
    before.iter().rposition(own)
}

/// The unit that started the thread, for its first one.
fn started(trace: &Trace, before: &[Unit], thread: usize) -> Option<usize> {
    if before.iter().any(|unit| unit.thread == thread) {
        return None;
    }
    before.iter().rposition(|unit| {
        let action = unit.step.map(|at| &trace.steps[at].action);
        matches!(action, Some(Action::Spawn { thread: started }) if started == trace.thread(thread))
    })
}

/// The unit of another thread that ran last, for a thread that could not go on by itself before.
fn resumed(trace: &Trace, before: &[Unit], thread: usize) -> Option<usize> {
    let own = before.iter().rfind(|unit| unit.thread == thread)?;
    let paused = own.steps.iter().any(|at| trace.steps[*at].pause.is_some());
    let other = before.iter().rposition(|unit| unit.thread != thread);
    other.filter(|_| paused)
}
