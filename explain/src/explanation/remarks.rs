//! What a row says beside its action: whose value a read took, what it missed, and what happens before it.

use super::known::{self, Known};
use super::wording;
use reports::trace::{Action, Memory, Step, Write};

/// The remark of a step; empty when there is nothing to say.
pub(super) fn remark(known: &Known<'_>, step: &Step) -> String {
    let Some(memory) = &step.memory else {
        return String::new();
    };
    let remarks = [
        origin(known, step, memory),
        missed(known, step),
        overtaken(known, step),
    ];
    let words: Vec<String> = remarks.into_iter().flatten().collect();
    match words.is_empty() {
        true => String::new(),
        false => format!(", {}", words.join("; ")),
    }
}

/// `from step 4`, `from and after step 4`, `after step 3`.
fn origin(known: &Known<'_>, step: &Step, memory: &Memory) -> Option<String> {
    let stale = missed_write(step).is_some();
    let initial = stale && memory.from == Some(Write::Initial);
    let source = known::source(step).filter(|number| stale || is_foreign(known, step, *number));
    let learnt = learnt(known, step, memory);
    let from = source.map(|number| match learnt.contains(&number) {
        true => format!("from and after step {number}"),
        false => format!("from step {number}"),
    });
    let others = learnt.iter().filter(|number| Some(**number) != source);
    let others: Vec<String> = others.map(ToString::to_string).collect();
    let after = match others.len() {
        0 => None,
        1 => Some(format!("after step {}", others[0])),
        _ => Some(format!("after steps {}", others.join(" and "))),
    };
    let initial = initial.then(|| "the initial value".to_owned());
    let words: Vec<String> = [initial, from, after].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// Whether a worker made that step, and not the one that is spoken of.
fn is_foreign(known: &Known<'_>, step: &Step, number: usize) -> bool {
    let thread = known.step(number).map(|other| other.thread);
    thread.is_some_and(|thread| thread != 0 && thread != step.thread)
}

/// The steps of other workers that happen before this step, and are news.
fn learnt(known: &Known<'_>, step: &Step, memory: &Memory) -> Vec<usize> {
    let news = |number: &usize| {
        let other = known
            .step(*number)
            .filter(|_| is_foreign(known, step, *number));
        other.is_some_and(|other| known.is_news(other, step))
    };
    memory.after.iter().copied().filter(news).collect()
}

/// `step 12 (mod.rs:40) had written 2`.
fn missed(known: &Known<'_>, step: &Step) -> Option<String> {
    let Write::Step(number) = missed_write(step)? else {
        return Some("a write that is not shown is newer".to_owned());
    };
    let write = known.step(number)?;
    let place = write.at.file_line();
    Some(match wording::written(write) {
        Some(value) => format!("step {number} ({place}) had written {value}"),
        None => format!("step {number} ({place}) had written it anew"),
    })
}

/// The newer write that a read did not see. A read-modify-write misses nothing: it stands next to what it read.
pub(super) fn missed_write(step: &Step) -> Option<Write> {
    let memory = step.memory.as_ref()?;
    let (from, newest) = (memory.from?, memory.newest?);
    let reads_only = !matches!(step.action, Action::Update { .. });
    (reads_only && from != newest && from != Write::Hidden).then_some(newest)
}

/// `before step 9 in coherence order`: of a write that ran later and is older all the same.
fn overtaken(known: &Known<'_>, step: &Step) -> Option<String> {
    let own = Write::Step(step.number);
    let mut orders = known.trace().coherence.iter();
    let order = orders.find(|order| order.writes.contains(&own))?;
    let newer = order.writes.iter().skip_while(|write| **write != own);
    let mut numbers = newer.filter_map(|write| write.step());
    let ran_before = numbers.find(|number| *number < step.number)?;
    Some(format!("before step {ran_before} in coherence order"))
}
