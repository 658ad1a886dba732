//! Patterns in who read and wrote what that no order of whole calls explains.

use super::known::Known;
use reports::trace::{Action, Step, Write};

/// `read`, then another thread's `between`, then `write` of the first thread, all of one place: the write is made of a
/// value that it does not replace.
pub(super) struct Lost<'a> {
    pub(super) read: &'a Step,
    pub(super) between: &'a Step,
    pub(super) write: &'a Step,
}

/// A thread saw one of two writes of another thread's call, and missed the other.
pub(super) struct Torn<'a> {
    /// The read that missed `newer`.
    pub(super) old: &'a Step,
    pub(super) newer: &'a Step,
    /// The read that saw `written`.
    pub(super) new: &'a Step,
    pub(super) written: &'a Step,
}

/// Where the values of a step's read and write stand in the coherence order of its place.
#[derive(Clone, Copy)]
struct At {
    read: Option<usize>,
    write: Option<usize>,
}

fn at(known: &Known<'_>, step: &Step) -> At {
    let memory = step.memory.as_ref();
    let position = |step: &Step| step.memory.as_ref()?.coherence;
    let read = memory
        .and_then(|memory| memory.from)
        .and_then(|from| match from {
            Write::Initial => Some(0),
            Write::Step(number) => known.step(number).and_then(position),
            Write::Hidden => None,
        });
    let write = position(step);
    At { read, write }
}

/// A worker's step, and what it touches.
type Access<'a> = (&'a Step, &'a str, At);

fn accesses<'a>(known: &Known<'a>) -> Vec<Access<'a>> {
    let workers = known.trace().steps.iter().filter(|step| step.thread != 0);
    let access = |step: &'a Step| {
        let memory = step.subject().filter(|_| step.memory.is_some());
        memory.map(|place| (step, place, at(known, step)))
    };
    workers.filter_map(access).collect()
}

/// The update that is lost, if one is: the last one whose value comes from the last read before it, or else from any read
/// of the same call.
pub(super) fn lost<'a>(known: &Known<'a>) -> Option<Lost<'a>> {
    let all = accesses(known);
    let last = |write: &Access<'a>| of_write(&all, write, 1);
    let any = |write: &Access<'a>| of_write(&all, write, usize::MAX);
    let writes = || all.iter().rev().filter(|access| is_store(access.0));
    writes().find_map(last).or_else(|| writes().find_map(any))
}

fn is_store(step: &Step) -> bool {
    matches!(step.action, Action::Store { .. } | Action::Write { .. })
}

/// The update that `write` undoes, judged by that many reads before it.
fn of_write<'a>(all: &[Access<'a>], write: &Access<'a>, most: usize) -> Option<Lost<'a>> {
    let (step, place, at) = *write;
    let own = |access: &&Access<'a>| {
        let (other, its_place, _) = **access;
        other.thread == step.thread && its_place == place && other.number < step.number
    };
    let reads = all.iter().rev().filter(own);
    let reads = reads
        .take_while(|(_, _, at)| at.write.is_none())
        .filter(|(read, _, at)| at.read.is_some() && same_call(read, step))
        .take(most);
    let undone = |read: &Access<'a>| {
        let between = all.iter().find(|(other, its_place, other_at)| {
            let within = other_at.write > read.2.read && other_at.write < at.write;
            other.thread != step.thread && *its_place == place && within
        });
        between.map(|between| Lost {
            read: read.0,
            between: between.0,
            write: step,
        })
    };
    reads.filter_map(undone).next()
}

/// Whether both are inside of the same outermost operation, as far as names tell.
fn same_call(one: &Step, other: &Step) -> bool {
    one.operations.first() == other.operations.first()
}

/// The last two reads of one call, or of none, that saw half of what another thread's call wrote.
pub(super) fn torn<'a>(known: &Known<'a>) -> Option<Torn<'a>> {
    let all = accesses(known);
    let plain = |place: &str| {
        let mut own = all.iter().filter(|(_, other, _)| *other == place);
        !own.any(|(step, _, _)| matches!(step.action, Action::Update { .. }))
    };
    let reads: Vec<&Access<'a>> = all
        .iter()
        .filter(|(_, place, at)| at.read.is_some() && at.write.is_none() && plain(place))
        .collect();
    let pairs = reads.iter().enumerate().rev().flat_map(|(later, second)| {
        let firsts = reads[..later].iter().rev();
        firsts.map(move |first| (**first, **second))
    });
    let pairs = pairs.filter(|((first, place, _), (second, other, _))| {
        first.thread == second.thread && same_call(first, second) && place != other
    });
    let mut pairs = pairs.filter(|((_, place, _), (_, other, _))| root(place) == root(other));
    pairs.find_map(|(first, second)| halves(&all, first, second))
}

/// The block that a place lies in.
fn root(place: &str) -> &str {
    place.split('.').next().unwrap_or(place)
}

fn halves<'a>(all: &[Access<'a>], first: Access<'a>, second: Access<'a>) -> Option<Torn<'a>> {
    let writes = |read: &Access<'a>| {
        let (step, place, _) = *read;
        let of_others = move |access: &&Access<'a>| {
            access.0.thread != step.thread && access.1 == place && is_store(access.0)
        };
        all.iter().filter(of_others).collect::<Vec<_>>()
    };
    let sees = |read: &Access<'a>, write: &Access<'a>| write.2.write <= read.2.read;
    for one in writes(&first) {
        for other in writes(&second) {
            let together = one.0.thread == other.0.thread && same_call(one.0, other.0);
            let torn = match (sees(&first, one), sees(&second, other)) {
                (false, true) => Some((first, one, second, other)),
                (true, false) => Some((second, other, first, one)),
                _ => None,
            };
            if let Some((old, newer, new, written)) = torn.filter(|_| together) {
                return Some(Torn {
                    old: old.0,
                    newer: newer.0,
                    new: new.0,
                    written: written.0,
                });
            }
        }
    }
    None
}

/// Another thread's `between` comes between two calls of one thread: `before` misses it, `after` does not.
pub(super) struct Apart<'a> {
    pub(super) before: &'a Step,
    pub(super) between: &'a Step,
    pub(super) after: &'a Step,
}

/// The last write that came between two calls of another thread.
pub(super) fn apart<'a>(known: &Known<'a>) -> Option<Apart<'a>> {
    let all = accesses(known);
    let writes = all.iter().rev().filter(|(step, _, _)| is_store(step));
    writes.into_iter().find_map(|write| split(&all, write))
}

fn split<'a>(all: &[Access<'a>], write: &Access<'a>) -> Option<Apart<'a>> {
    let (step, place, at) = *write;
    let others = all.iter().filter(|(other, its_place, _)| {
        other.thread != step.thread && *its_place == place && !other.operations.is_empty()
    });
    let position = |access: &Access<'a>| access.2.read.or(access.2.write);
    let (before, after): (Vec<&Access<'a>>, Vec<&Access<'a>>) =
        others.partition(|other| position(other) < at.write);
    let after = after.into_iter().next()?;
    let before = before.into_iter().rev().find(|before| {
        before.0.thread == after.0.thread
            && before.0.number < after.0.number
            && before.0.operations.first() != after.0.operations.first()
    })?;
    Some(Apart {
        before: before.0,
        between: step,
        after: after.0,
    })
}
