//! The cause of a failure in one sentence, with the line that it is about.

use std::collections::BTreeSet;

use super::class::Class;
use super::deciding::Evidence;
use super::patterns::{self, Apart, Lost, Torn};
use super::unordered::{Blame, Pair};
use super::waiting;
use super::wording;
use reports::failure::FailureKind;
use reports::trace::{Action, Source, Step};

/// What a failure comes from.
pub(super) struct Cause {
    pub(super) class: Class,
    pub(super) sentence: String,
    pub(super) at: Option<Source>,
    /// The steps that the sentence is about.
    pub(super) steps: BTreeSet<usize>,
}

pub(super) fn steps<'a>(steps: impl IntoIterator<Item = &'a Step>) -> BTreeSet<usize> {
    steps.into_iter().map(|step| step.number).collect()
}

/// The cause that the evidence shows.
pub(super) fn of(evidence: &Evidence<'_>) -> Cause {
    let kind = evidence.failure.kind;
    let found = match kind {
        FailureKind::DataRace => unordered(evidence),
        FailureKind::UseAfterFree => unordered(evidence).or_else(|| after_free(evidence)),
        FailureKind::DoubleFree => twice(evidence),
        FailureKind::Leak => leak(evidence),
        FailureKind::Deadlock | FailureKind::Livelock => waiting::cause(evidence.trace, kind),
        FailureKind::Claim | FailureKind::Invariant => {
            pattern(evidence).map(|cause| broken(evidence, cause))
        }
        FailureKind::Panic | FailureKind::Nondeterminism | FailureKind::Vacuous => None,
    };
    found.unwrap_or_else(|| plain(evidence))
}

/// What was found, where nothing more is known.
fn plain(evidence: &Evidence<'_>) -> Cause {
    let failure = evidence.failure;
    let broke = evidence.broke();
    let at = broke
        .map(|step| step.at.clone())
        .filter(|at| !at.file.is_empty());
    let place = at.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
    Cause {
        class: Class::of(failure.kind),
        sentence: format!("{place}{}.", wording::found(failure).trim_end_matches('.')),
        at,
        steps: steps(broke),
    }
}

/// `worker#2's write of `plain` (step 8)`.
fn deed(evidence: &Evidence<'_>, step: &Step) -> String {
    let thread = evidence.trace.thread(step.thread);
    let noun = wording::noun(&step.action);
    match step.subject() {
        Some(subject) => format!("{thread}'s {noun} of `{subject}` (step {})", step.number),
        None => format!("{thread}'s {noun} (step {})", step.number),
    }
}

/// Two accesses that nothing orders.
fn unordered(evidence: &Evidence<'_>) -> Option<Cause> {
    let class = Class::of(evidence.failure.kind);
    let pair = evidence.conflict()?;
    if pair.is_behind() {
        return Some(unpublished(evidence, class, pair));
    }
    let blamed = evidence.blamed().and_then(|pair| {
        let blame = pair.blame(evidence.known.as_ref()?)?;
        Some((pair, blame))
    });
    let ends = [pair.earlier, pair.later];
    let Some((blamed, blame)) = blamed else {
        return Some(unprotected(evidence, class, pair));
    };
    let so = format!(
        "so {} is not ordered after {}",
        deed(evidence, pair.later),
        deed(evidence, pair.earlier)
    );
    let (must, at) = must(&blame);
    Some(Cause {
        class,
        sentence: format!("{must}, {so}."),
        at: Some(at),
        steps: steps(ends).union(&blamed.numbers()).copied().collect(),
    })
}

/// `protocols/collection.rs:75 must release: the swap of `running` there publishes nothing`, and that line.
fn must(blame: &Blame<'_>) -> (String, Source) {
    let at = |step: &Step| step.at.clone();
    let there = |step: &Step| {
        let subject = step.subject().unwrap_or("a value");
        let noun = wording::noun(&step.action);
        format!("the {noun} of `{subject}` there (step {})", step.number)
    };
    match *blame {
        Blame::Release(write) => (
            format!(
                "{} must release: {} publishes nothing",
                write.at,
                there(write)
            ),
            at(write),
        ),
        Blame::Acquire { read, write } => (
            format!(
                "{} must acquire: {} learns nothing from step {}, whose value it takes",
                read.at,
                there(read),
                write.number
            ),
            at(read),
        ),
        Blame::Both { read, write } => (
            format!(
                "{} must release and {} must acquire: the value of `{}` that passes there (steps {} and {}) orders nothing",
                write.at,
                read.at,
                write.subject().unwrap_or("a place"),
                write.number,
                read.number
            ),
            at(write),
        ),
        Blame::Fence { write, read } => (
            format!(
                "A SeqCst fence must stand between {} and {}: the load there (step {}) can run before the store (step {}) is seen",
                write.at, read.at, read.number, write.number
            ),
            at(read),
        ),
    }
}

/// What the later step uses was made behind the earlier one, and never handed over.
fn unpublished(evidence: &Evidence<'_>, class: Class, pair: &Pair<'_>) -> Cause {
    let (earlier, later) = (pair.earlier, pair.later);
    Cause {
        class,
        sentence: format!(
            "{}: {} uses what {} made behind step {}, at {}, and has not published.",
            later.at,
            deed(evidence, later),
            evidence.trace.thread(earlier.thread),
            earlier.number,
            earlier.at,
        ),
        at: Some(later.at.clone()),
        steps: steps([earlier, later]),
    }
}

/// No value passes between the two, so that it is no question of orders: a lock, a count or a wait is missing.
fn unprotected(evidence: &Evidence<'_>, class: Class, pair: &Pair<'_>) -> Cause {
    let (earlier, later) = (pair.earlier, pair.later);
    let trace = evidence.trace;
    let lacks = |one: &Step, other: &Step| {
        let lock = other.held.iter().find(|lock| !one.held.contains(lock))?;
        Some(format!(
            "; {} holds `{lock}`, {} does not",
            trace.thread(other.thread),
            trace.thread(one.thread),
        ))
    };
    let lock = lacks(earlier, later).or_else(|| lacks(later, earlier));
    Cause {
        class,
        sentence: format!(
            "{}: {} can come before, during or after {} at {}, since nothing orders them{}.",
            later.at,
            deed(evidence, later),
            deed(evidence, earlier),
            earlier.at,
            lock.unwrap_or_default(),
        ),
        at: Some(later.at.clone()),
        steps: steps([earlier, later]),
    }
}

/// A block that was touched when it was already free.
fn after_free(evidence: &Evidence<'_>) -> Option<Cause> {
    let broke = evidence.broke()?;
    let block = evidence.trace.blocks.first()?;
    let freed = block.history.iter().find(|fate| fate.what == "freed")?;
    let touch = evidence.failing().unwrap_or(broke);
    let user = evidence.trace.thread(broke.thread);
    let step = freed.step.map(|step| format!(" (step {step})"));
    Some(Cause {
        class: Class::UseAfterFree,
        sentence: format!(
            "{}: {user} uses `{}`, which {} has freed at {}{}.",
            broke.at,
            block.name,
            evidence.trace.thread(freed.thread),
            freed.at,
            step.unwrap_or_default(),
        ),
        at: Some(broke.at.clone()),
        steps: steps([touch]).into_iter().chain(freed.step).collect(),
    })
}

/// A block that was freed twice.
fn twice(evidence: &Evidence<'_>) -> Option<Cause> {
    let broke = evidence.broke()?;
    let block = evidence.trace.blocks.first()?;
    let freed = block.history.iter().find(|fate| fate.what == "freed")?;
    let second = evidence.failing().unwrap_or(broke);
    Some(Cause {
        class: Class::DoubleFree,
        sentence: format!(
            "{}: {} frees `{}`, which {} has already freed at {}{}.",
            broke.at,
            evidence.trace.thread(broke.thread),
            block.name,
            evidence.trace.thread(freed.thread),
            freed.at,
            freed
                .step
                .map(|step| format!(" (step {step})"))
                .unwrap_or_default(),
        ),
        at: Some(broke.at.clone()),
        steps: steps([second]).into_iter().chain(freed.step).collect(),
    })
}

/// A block that nobody freed: who allocated it, and who touched it last.
fn leak(evidence: &Evidence<'_>) -> Option<Cause> {
    let trace = evidence.trace;
    let block = trace.blocks.first()?;
    let allocated = block.history.first()?;
    let inside = format!("{}.", block.name);
    let touches = |step: &&Step| {
        step.subject()
            .is_some_and(|subject| subject.starts_with(&inside))
    };
    let last = trace.steps.iter().rfind(touches);
    let touched = last.map(|step| {
        let thread = trace.thread(step.thread);
        format!(
            "; {thread} touches it last at {} (step {})",
            step.at, step.number
        )
    });
    Some(Cause {
        class: Class::Leak,
        sentence: format!(
            "{}: `{}`, allocated here by {}, is never freed{}.",
            allocated.at,
            block.name,
            trace.thread(allocated.thread),
            touched.unwrap_or_default(),
        ),
        at: Some(allocated.at.clone()),
        steps: steps(last).into_iter().chain(allocated.step).collect(),
    })
}

/// What a broken claim comes from.
fn pattern(evidence: &Evidence<'_>) -> Option<Cause> {
    let known = evidence.known.as_ref()?;
    let stale = || evidence.blamed().and_then(|pair| stale(evidence, pair));
    if evidence.needs_stale_reads() {
        return stale();
    }
    patterns::lost(known)
        .map(|lost| lost_update(evidence, &lost))
        .or_else(stale)
        .or_else(|| patterns::torn(known).map(|found| torn(evidence, &found)))
        .or_else(|| patterns::apart(known).map(|found| apart(evidence, &found)))
}

/// A broken invariant stays one, whatever made it break; both say what was found.
fn broken(evidence: &Evidence<'_>, cause: Cause) -> Cause {
    if evidence.failure.kind != FailureKind::Invariant {
        return cause;
    }
    Cause {
        class: Class::Invariant,
        ..cause
    }
}

fn lost_update(evidence: &Evidence<'_>, lost: &Lost<'_>) -> Cause {
    let trace = evidence.trace;
    let value = |step: &Step| wording::written(step).map(|value| format!(" {value}"));
    let place = lost.write.subject().unwrap_or("a place");
    Cause {
        class: Class::LostUpdate,
        sentence: format!(
            "{}: {} writes `{place}`{} (step {}){} over {}'s{} (step {}), which its read (step {}) does not show.",
            lost.write.at,
            trace.thread(lost.write.thread),
            value(lost.write)
                .map(|value| format!(" ={value}"))
                .unwrap_or_default(),
            lost.write.number,
            inside(lost.write),
            trace.thread(lost.between.thread),
            value(lost.between).unwrap_or_default(),
            lost.between.number,
            lost.read.number,
        ),
        at: Some(lost.write.at.clone()),
        steps: steps([lost.read, lost.between, lost.write]),
    }
}

/// `` in `list.append > resize` ``: a place that many calls share says little without them.
fn inside(step: &Step) -> String {
    match step.operations.is_empty() {
        true => String::new(),
        false => format!(" in `{}`", step.operations.join(" > ")),
    }
}

fn stale(evidence: &Evidence<'_>, pair: &Pair<'_>) -> Option<Cause> {
    let blame = pair.blame(evidence.known.as_ref()?)?;
    let (must, at) = must(&blame);
    Some(Cause {
        class: Class::StaleRead,
        sentence: format!(
            "{must}, so {} misses {}.",
            deed(evidence, pair.later),
            deed(evidence, pair.earlier)
        ),
        at: Some(at),
        steps: pair.numbers(),
    })
}

fn torn(evidence: &Evidence<'_>, torn: &Torn<'_>) -> Cause {
    let trace = evidence.trace;
    let (old, new) = (torn.old, torn.new);
    Cause {
        class: Class::TornRead,
        sentence: format!(
            "{}: {} sees{} half of what {} does{}: `{}` from before {} (step {}), `{}` from after {} (step {}).",
            new.at,
            trace.thread(new.thread),
            inside(new),
            trace.thread(torn.written.thread),
            inside(torn.written),
            place(old),
            torn.newer.at.file_line(),
            old.number,
            place(new),
            torn.written.at.file_line(),
            new.number,
        ),
        at: Some(new.at.clone()),
        steps: steps([old, torn.newer, new, torn.written]),
    }
}

fn apart(evidence: &Evidence<'_>, apart: &Apart<'_>) -> Cause {
    let trace = evidence.trace;
    let call = |step: &Step| step.operations.first().cloned().unwrap_or_default();
    let (before, between, after) = (apart.before, apart.between, apart.after);
    Cause {
        class: Class::NotLinearizable,
        sentence: format!(
            "{}: {}'s {} of `{}` (step {}) comes between {}'s `{}` (step {}) and its `{}` (step {}).",
            between.at,
            trace.thread(between.thread),
            wording::noun(&between.action),
            between.subject().unwrap_or("a place"),
            between.number,
            trace.thread(before.thread),
            call(before),
            before.number,
            call(after),
            after.number,
        ),
        at: Some(between.at.clone()),
        steps: steps([before, between, after]),
    }
}

/// Whether a step is the rule that broke.
pub(super) fn is_broke(step: &Step) -> bool {
    matches!(step.action, Action::Broke { .. })
}

fn place(step: &Step) -> &str {
    step.subject().unwrap_or("a place")
}
