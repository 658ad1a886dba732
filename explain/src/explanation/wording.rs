//! Searches, steps and folds in words.

use reports::failure::{Failure, FailureKind};
use reports::plan::{Limit, Search};
use reports::trace::{Action, Step};

/// How the failing execution was looked for.
#[must_use]
pub fn search(search: &Search) -> String {
    match search {
        Search::Graph {
            stale_reads,
            preemptions,
            shard,
        } => {
            let stale = stale_reads.map(Limit::StaleReads);
            let bounds = stale.into_iter().chain(preemptions.map(Limit::Preemptions));
            let bounds: Vec<String> = bounds.map(|bound| bound.to_string()).collect();
            let graphs = match bounds.as_slice() {
                [] => "every graph".to_owned(),
                bounds => format!("graphs with at most {}", bounds.join(" and ")),
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
#[must_use]
pub fn action(action: &Action) -> String {
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
        Action::End { operation, .. } => format!("end of {operation}"),
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

/// Whether a step changes what its place holds.
pub(super) fn is_write(action: &Action) -> bool {
    matches!(
        action,
        Action::Store { .. } | Action::Update { .. } | Action::Write { .. }
    )
}

/// What an access does, as a noun: `write`, `load`, `compare-exchange`.
pub(super) fn noun(action: &Action) -> &str {
    match action {
        Action::Load { .. } => "load",
        Action::Store { .. } => "store",
        Action::Update { operation, .. } if operation == "compare_exchange" => "compare-exchange",
        Action::Update { operation, .. } => operation,
        Action::Failed { .. } => "failed compare-exchange",
        Action::Fence { .. } => "fence",
        Action::Read { .. } => "read",
        Action::Write { .. } => "write",
        Action::Alloc { .. } => "allocation",
        Action::Free { .. } => "free",
        Action::Acquired { .. } => "lock",
        Action::Released { .. } => "unlock",
        Action::Park { .. } => "sleep",
        Action::Woke { .. } => "wake-up",
        Action::Unpark { .. } => "wake",
        Action::Spawn { .. } => "start",
        Action::Join { .. } => "join",
        Action::Begin { .. } | Action::End { .. } => "operation",
        Action::Broke { .. } => "access",
    }
}

/// `` `both are there` does not hold: one is missing``. A claim says what should be, and must not read like what is.
pub(super) fn found(failure: &Failure) -> String {
    let claim = failure.claim.trim_end_matches('.');
    let detail = failure.detail.lines().next().unwrap_or_default();
    let broken = match failure.kind {
        FailureKind::Panic if claim == CALM => "the code panics".to_owned(),
        FailureKind::Invariant => format!("the invariant `{claim}` does not hold"),
        FailureKind::Vacuous => {
            let case = claim.strip_prefix("sometimes: ").unwrap_or(claim);
            format!("The scenario shows nothing, since `{case}` must happen sometimes")
        }
        _ => format!("`{claim}` does not hold"),
    };
    match detail.is_empty() {
        true => broken,
        false => format!("{broken}: {detail}"),
    }
}

/// The claim that code which panics has broken.
const CALM: &str = "the code does not panic";
