//! Why threads that wait are not served: a cycle of holders, a wake-up that does not come, a loop.

use super::cause::{Cause, steps};
use super::class::Class;
use super::wording;
use reports::failure::FailureKind;
use reports::trace::{Action, Step, Trace, Wait};

/// The cause of a deadlock or a livelock.
pub(super) fn cause(trace: &Trace, kind: FailureKind) -> Option<Cause> {
    // The main thread only waits for the workers.
    let main = trace.threads.first();
    let waits: Vec<&Wait> = trace
        .waits
        .iter()
        .filter(|wait| Some(&wait.thread) != main)
        .collect();
    if let Some(cycle) = cycle(&waits) {
        return Some(held(trace, &cycle));
    }
    let in_a_loop = |wait: &&&Wait| wait.on.ends_with("in a loop");
    let spins = waits.iter().find(in_a_loop);
    let first = spins.filter(|_| kind == FailureKind::Livelock);
    let wait = first.or(waits.first())?;
    Some(match kind {
        FailureKind::Livelock => spinning(trace, wait),
        _ if wait.holder.is_some() => held(trace, &waits),
        _ => forgotten(trace, wait),
    })
}

/// The threads that wait for each other in a circle.
fn cycle<'a>(waits: &[&'a Wait]) -> Option<Vec<&'a Wait>> {
    let next = |wait: &Wait| {
        let holder = wait.holder.as_ref()?;
        waits.iter().find(|other| other.thread == *holder).copied()
    };
    waits.iter().find_map(|start| {
        let mut chain = vec![*start];
        while let Some(wait) = next(chain[chain.len() - 1]) {
            if wait.thread == start.thread {
                return Some(chain);
            }
            if chain.iter().any(|seen| seen.thread == wait.thread) {
                return None;
            }
            chain.push(wait);
        }
        None
    })
}

fn last<'a>(trace: &'a Trace, thread: &str, is_it: impl Fn(&Step) -> bool) -> Option<&'a Step> {
    let own = |step: &&Step| trace.thread(step.thread) == thread && is_it(step);
    trace.steps.iter().rfind(own)
}

fn any(step: &Step) -> bool {
    !step.is_bracket() && !matches!(step.action, Action::Broke { .. })
}

fn held(trace: &Trace, waits: &[&Wait]) -> Cause {
    let told = waits.iter().map(|wait| match &wait.holder {
        Some(holder) => format!(
            "{} waits for `{}`, which {holder} holds",
            wait.thread, wait.on
        ),
        None => format!("{} waits for `{}`", wait.thread, wait.on),
    });
    let sentence = told.collect::<Vec<_>>().join(", and ");
    let sleeps = waits
        .iter()
        .filter_map(|wait| last(trace, &wait.thread, any));
    let taken = waits.iter().filter_map(|wait| {
        let holder = wait.holder.as_ref()?;
        last(trace, holder, |step| match &step.action {
            Action::Acquired { lock } => same_lock(lock, &wait.on),
            _ => false,
        })
    });
    let first = sleeps.clone().next();
    let at = first.map(|step| step.at.clone());
    let place = at.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
    Cause {
        class: Class::Deadlock,
        sentence: format!("{place}{sentence}."),
        at,
        steps: steps(sleeps.chain(taken)),
    }
}

/// Whether a lock and what is waited for lie in one block, or are the same.
fn same_lock(lock: &str, on: &str) -> bool {
    let root = |name: &str| name.split('.').next().map(str::to_owned);
    root(lock) == root(on)
}

/// A sleeper that nobody wakes.
fn forgotten(trace: &Trace, wait: &Wait) -> Cause {
    let sleep = last(trace, &wait.thread, any);
    let of_others =
        |step: &&Step| trace.thread(step.thread) != wait.thread && step.subject() == Some(&wait.on);
    let mut others = trace.steps.iter().rev().filter(of_others);
    let woke = others
        .clone()
        .find(|step| matches!(step.action, Action::Unpark { .. }));
    let changed = others.find(|step| wording::is_write(&step.action));
    let why = match (woke, changed) {
        (Some(woke), _) if Some(woke.number) < sleep.map(|sleep| sleep.number) => format!(
            "; {}'s wake-up at {} (step {}) comes before the sleep",
            trace.thread(woke.thread),
            woke.at,
            woke.number
        ),
        (_, Some(changed)) => format!(
            "; {} changes `{}` last at {} (step {}) and wakes nobody",
            trace.thread(changed.thread),
            wait.on,
            changed.at,
            changed.number
        ),
        _ => String::new(),
    };
    let at = sleep.map(|step| step.at.clone());
    let place = at
        .as_ref()
        .map(|at| format!(" at {at}"))
        .unwrap_or_default();
    Cause {
        class: Class::LostWakeUp,
        sentence: format!(
            "{} sleeps on `{}`{place}, and nobody is left to wake it{why}.",
            wait.thread, wait.on
        ),
        at,
        steps: steps(sleep.into_iter().chain(woke).chain(changed)),
    }
}

/// A loop that waits for a change that nobody makes any more.
fn spinning(trace: &Trace, wait: &Wait) -> Cause {
    let turn = last(trace, &wait.thread, any);
    let place = turn.and_then(Step::subject);
    let changed = trace
        .steps
        .iter()
        .rev()
        .find(|step| step.subject() == place && wording::is_write(&step.action));
    let at = turn.map(|step| step.at.clone());
    let on = match place {
        Some(place) => format!("a change of `{place}`"),
        None => "a change".to_owned(),
    };
    let place = at
        .as_ref()
        .map(|at| format!(" at {at}"))
        .unwrap_or_default();
    Cause {
        class: Class::Livelock,
        sentence: format!(
            "{} waits in a loop{place} for {on} that nobody makes any more.",
            wait.thread
        ),
        at,
        steps: steps(turn.into_iter().chain(changed)),
    }
}
