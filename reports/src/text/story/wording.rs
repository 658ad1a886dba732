//! Searches, steps and folds in words.

use crate::plan::Search;
use crate::trace::{Action, Step};

/// How the failing execution was looked for.
pub(super) fn search(search: &Search) -> String {
    match search {
        Search::Graph { stale_reads, shard } => {
            let graphs = match stale_reads {
                Some(1) => "graphs with at most 1 stale read".to_owned(),
                Some(count) => format!("graphs with at most {count} stale reads"),
                None => "every graph".to_owned(),
            };
            match shard {
                Some((part, parts)) => format!("part {part} of {parts} of {graphs}"),
                None => graphs,
            }
        }
        Search::Path { .. } => "the recorded graph".to_owned(),
        Search::Loom {
            complete,
            preemptions,
        } => {
            let mode = if *complete {
                "complete mode"
            } else {
                "plain mode"
            };
            match preemptions {
                Some(1) => format!("{mode} with 1 preemption"),
                Some(count) => format!("{mode} with {count} preemptions"),
                None => format!("{mode} without a bound"),
            }
        }
        Search::Dfs { .. } => "depth first".to_owned(),
        Search::Random { seed, .. } => format!("random from seed {seed:#x}"),
        Search::Pct { seed, depth, .. } => format!("PCT of depth {depth} from seed {seed:#x}"),
        Search::Replay { .. } => "the recorded schedule".to_owned(),
        Search::Stress { .. } => "under stress".to_owned(),
    }
}

/// What a step did.
pub(super) fn action(action: &Action) -> String {
    match action {
        Action::Load {
            place,
            value,
            order,
        } => format!("load {place} -> {value} ({order})"),
        Action::Store {
            place,
            value,
            order,
        } => format!("store {place} = {value} ({order})"),
        Action::Update {
            place,
            operation,
            old,
            new,
            order,
        } => {
            // As short as the word for one that failed.
            let operation = operation.replace("compare_exchange", "CAS");
            format!("{operation} {place}: {old} => {new} ({order})")
        }
        Action::Failed {
            place,
            expected,
            found,
            order,
        } => {
            format!("CAS {place}: expected {expected}, found {found} ({order})")
        }
        Action::Fence { order } => format!("fence ({order})"),
        Action::Read { place } => format!("read {place}"),
        Action::Write { place } => format!("write {place}"),
        Action::Alloc { block, size } => format!("allocate {block}, {size} bytes"),
        Action::Free { block } => format!("free {block}"),
        Action::Acquired { lock } => format!("lock {lock}"),
        Action::Released { lock } => format!("unlock {lock}"),
        Action::Park { key } => format!("sleep on {key}"),
        Action::Woke { key, reason } => format!("wake up from {key}: {reason}"),
        Action::Unpark { key, woken } => format!("wake {woken} that sleep on {key}"),
        Action::Spawn { thread } => format!("start {thread}"),
        Action::Join { thread } => format!("join {thread}"),
        Action::Begin { operation } => format!("{operation}:"),
        Action::End { operation } => format!("end of {operation}"),
        Action::Broke { claim, detail } if detail.is_empty() => claim.clone(),
        Action::Broke { detail, .. } => detail.lines().next().unwrap_or_default().to_owned(),
    }
}

/// The value that a step wrote, where it is known.
pub(super) fn written(step: &Step) -> Option<&str> {
    match &step.action {
        Action::Store { value, .. } => Some(value),
        Action::Update { new, .. } => Some(new),
        _ => None,
    }
}

/// The memory order of a step, if it has one.
pub(super) fn order(step: &Step) -> Option<&str> {
    match &step.action {
        Action::Load { order, .. }
        | Action::Store { order, .. }
        | Action::Update { order, .. }
        | Action::Failed { order, .. }
        | Action::Fence { order } => Some(order),
        _ => None,
    }
}

/// The place, block or lock that a step touches.
pub(super) fn subject(step: &Step) -> Option<&str> {
    match &step.action {
        Action::Load { place, .. }
        | Action::Store { place, .. }
        | Action::Update { place, .. }
        | Action::Failed { place, .. }
        | Action::Read { place }
        | Action::Write { place } => Some(place),
        Action::Alloc { block, .. } | Action::Free { block } => Some(block),
        Action::Acquired { lock } | Action::Released { lock } => Some(lock),
        Action::Park { key } | Action::Woke { key, .. } | Action::Unpark { key, .. } => Some(key),
        Action::Fence { .. }
        | Action::Spawn { .. }
        | Action::Join { .. }
        | Action::Begin { .. }
        | Action::End { .. }
        | Action::Broke { .. } => None,
    }
}

/// `1 step`, `12 steps`.
pub(super) fn count(steps: usize) -> String {
    match steps {
        1 => "1 step".to_owned(),
        count => format!("{count} steps"),
    }
}

/// Steps that stand in one row: what they were, and how many.
pub(super) fn fold(steps: &[Step]) -> String {
    let count = count(steps.len());
    match common_operation(steps) {
        Some(operation) => format!("{operation}: {count}"),
        None => count,
    }
}

/// The innermost operation that all the steps are inside of.
fn common_operation(steps: &[Step]) -> Option<&str> {
    let (first, rest) = steps.split_first()?;
    let shared = rest.iter().fold(first.operations.len(), |shared, step| {
        let pairs = first.operations.iter().zip(&step.operations);
        pairs
            .take(shared)
            .take_while(|(left, right)| left == right)
            .count()
    });
    first.operations[..shared].last().map(String::as_str)
}
