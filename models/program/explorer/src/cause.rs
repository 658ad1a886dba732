//! What decides between outcomes, and what the field calls it.

use interleavings::{Access, Effect};

use crate::found::{Ending, Found, Line};
use crate::names;

/// Two steps whose order decides.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    /// The one that came first.
    pub(crate) first: Line,
    /// The one that came second, and first in the other outcome.
    pub(crate) second: Line,
}

/// The outcome that one would expect: that of threads that follow each other with the fewest switches, without an error.
#[must_use]
pub(crate) fn usual(found: &[Found]) -> Option<&Found> {
    let switches = |found: &Found| preemptions(&found.lines);
    let is_good = |found: &&Found| {
        found.outcome.ending == Ending::Status(0) && found.outcome.errors.is_empty()
    };
    let good = found
        .iter()
        .filter(is_good)
        .min_by_key(|found| switches(found));
    good.or_else(|| found.iter().min_by_key(|found| switches(found)))
}

/// How often a thread was made to wait in the middle of what it did.
fn preemptions(lines: &[Line]) -> usize {
    let meets = |line: &Line| {
        let mut accesses = line.accesses.iter();
        accesses.any(|access| matches!(access.effect, Effect::Acquire | Effect::Look))
    };
    let preempted = |at: &usize| {
        let [before, next] = [&lines[*at - 1], &lines[*at]];
        let mut later = lines[*at..].iter();
        let goes_on = later.find(|line| line.thread == before.thread);
        before.thread != next.thread && goes_on.is_some_and(|line| !meets(line))
    };
    (1..lines.len()).filter(preempted).count()
}

/// The how manieth step of its thread each one is.
fn numbered(lines: &[Line]) -> Vec<(usize, usize, &Line)> {
    let mut counts = [0; interleavings::MAX_THREADS];
    let number = |line: &Line| {
        counts[line.thread] += 1;
        counts[line.thread]
    };
    let numbers: Vec<usize> = lines.iter().map(number).collect();
    lines
        .iter()
        .zip(numbers)
        .map(|(line, number)| (line.thread, number, line))
        .collect()
}

fn conflict(left: &Line, right: &Line) -> bool {
    let conflicts = |mine: &Access| right.accesses.iter().any(|other| mine.conflicts(other));
    left.thread != right.thread && left.accesses.iter().any(conflicts)
}

/// The first two steps of `found` that conflict and come the other way round in `usual`.
#[must_use]
pub(crate) fn decision(usual: &Found, found: &Found) -> Option<Decision> {
    let (mine, theirs) = (numbered(&found.lines), numbered(&usual.lines));
    let place = |step: &(usize, usize, &Line)| {
        theirs
            .iter()
            .position(|other| (other.0, other.1) == (step.0, step.1))
    };
    for (at, second) in mine.iter().enumerate() {
        for first in &mine[..at] {
            let reversed = conflict(first.2, second.2)
                && place(second)
                    .is_some_and(|second| place(first).is_none_or(|first| second < first));
            if reversed {
                let (first, second) = (first.2.clone(), second.2.clone());
                return Some(Decision { first, second });
            }
        }
    }
    None
}

/// What went wrong in an outcome, in the field's words.
#[must_use]
pub(crate) fn named(found: &Found, is_usual: bool) -> Vec<String> {
    let mut named = Vec::new();
    if found.outcome.ending == Ending::Deadlock {
        named.push(stuck(found));
    }
    if found.outcome.ending == Ending::Endless {
        named.push("livelock: threads go on without an end".to_owned());
    }
    let says = |words: &str| found.outcome.errors.iter().any(|line| line.contains(words));
    if says("changed size during iteration") || says("keys changed during iteration") {
        named.push("torn iteration: a container changed while it was iterated over".to_owned());
    } else if says("Exception in thread") {
        named.push("an exception in a thread that nobody saw".to_owned());
    }
    if !is_usual && named.is_empty() {
        named.extend(update(&found.lines));
    }
    named
}

/// A thread that read, another that wrote there, and the first that then wrote on what it knew.
fn update(lines: &[Line]) -> Option<String> {
    for (at, read) in lines.iter().enumerate() {
        let Some(access) = reads(read) else { continue };
        let later = &lines[at + 1..];
        let own = |line: &&Line| line.thread == read.thread;
        let Some(acts) = later
            .iter()
            .position(|line| own(&line) && writes(line, access))
        else {
            continue;
        };
        let foreign = |line: &&Line| line.thread != read.thread && writes(line, access);
        let Some(between) = later[..acts].iter().find(foreign) else {
            continue;
        };
        if looks_again(&later[..acts], read, access) {
            continue;
        }
        return Some(told(read, between, &later[acts]));
    }
    None
}

/// Whether the thread looks once more before it acts: at once, or with a lock that it has taken since.
fn looks_again(between: &[Line], read: &Line, access: &Access) -> bool {
    let mut own = between.iter().filter(|line| line.thread == read.thread);
    let takes = |line: &Line| {
        let mut accesses = line.accesses.iter();
        accesses.any(|access| access.effect == Effect::Acquire)
    };
    let place = |line: &Line| line.location.as_ref().map(|location| location.line);
    let mut has_lock = false;
    own.any(|line| {
        has_lock |= takes(line);
        reads(line) == Some(access) && (has_lock || place(line) == place(read))
    })
}

fn reads(line: &Line) -> Option<&Access> {
    let mut accesses = line.accesses.iter();
    accesses.find(|access| access.effect.is_plain() && access.effect.is_reading())
}

fn changes(access: &Access) -> bool {
    access.effect.is_plain() && !access.effect.is_reading()
}

fn writes(line: &Line, at: &Access) -> bool {
    let mut accesses = line.accesses.iter();
    accesses.any(|access| changes(access) && access.place.meets(at.place))
}

fn told(read: &Line, between: &Line, acts: &Line) -> String {
    let line = |line: &Line| line.location.as_ref().map_or(0, |location| location.line);
    let (who, other) = (names::thread(read.thread), names::thread(between.thread));
    let [seen, wrote, acted] = [read, between, acts].map(line);
    let one_line = seen == acted;
    let mine = || between.accesses.iter().find(|access| changes(access));
    let same_lines = wrote == acted && mine().is_some();
    match (one_line, same_lines) {
        (true, _) => format!(
            "lost update: {who} reads in line {seen}, {other} writes in line {wrote}, and {who} overwrites it"
        ),
        (false, true) => format!(
            "check-then-act, done twice: {who} looks in line {seen}, {other} acts in line {wrote} before {who} does"
        ),
        (false, false) => format!(
            "check-then-act: {who} looks in line {seen}, {other} changes it in line {wrote}, and {who} acts in line {acted} on what it saw"
        ),
    }
}

/// Who waits for whom, where no thread can go on.
fn stuck(found: &Found) -> String {
    let waits = &found.waiting;
    let holder = |access: &Access| holder(&found.lines, access);
    let (mut told, mut cycle, mut is_its_own) = (Vec::new(), 0, false);
    for line in waits {
        let Some(location) = &line.location else {
            continue;
        };
        let lock = line
            .accesses
            .iter()
            .find(|access| access.effect == Effect::Acquire);
        let who = names::thread(line.thread);
        let taken = lock.and_then(holder);
        // A lock of the library's that its own holder waits for stands for a call that is to come: a condition's.
        let is_own = !location.file.starts_with('<');
        let taken = taken.filter(|taken| taken.thread != line.thread || is_own);
        let held = taken.map_or(String::new(), |taken| {
            cycle += 1;
            is_its_own |= taken.thread == line.thread;
            let since = taken.location.as_ref().map_or(0, |location| location.line);
            format!(
                " for a lock that {} holds since line {since}",
                names::thread(taken.thread)
            )
        });
        told.push(format!("{who} waits at {}{held}", names::place(location)));
    }
    let kind = match cycle {
        _ if is_its_own => "deadlock: a thread waits for a lock that it holds itself",
        0 => "lost wake-up: nobody is left to wake those who wait",
        1 => "a lock that is never given back",
        _ => "deadlock: threads wait for each other's locks",
    };
    format!("{kind}: {}", told.join("; "))
}

/// The step that took a lock which nobody gave back since.
fn holder<'a>(lines: &'a [Line], lock: &Access) -> Option<&'a Line> {
    let touches = |line: &&Line, effect| {
        let mut accesses = line.accesses.iter();
        accesses.any(|access| access.place == lock.place && access.effect == effect)
    };
    let mut holder = None;
    for line in lines {
        if touches(&line, Effect::Acquire) {
            holder = Some(line);
        } else if touches(&line, Effect::Release) {
            holder = None;
        }
    }
    holder
}
