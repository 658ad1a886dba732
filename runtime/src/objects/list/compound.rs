//! Operations on many items of a list, or on two lists at once: each is one step for whoever takes the locks.
//!
//! Bounds are worked out, and items compared, under the lock under which the list then changes. What may run Python code
//! does so in a section, which opens when the thread detaches; the functions say what others see then.

use std::ops::Range;

use super::layout::List;
use super::{index_of, pop, read, snapshot, write};
use crate::objects::hooks::Error;
use crate::objects::life::{decref, new_ref_with_lock};
use crate::objects::shared::drop_all;
use crate::objects::value::Value;
use crate::protocols::critical_section;
use crate::protocols::thread_state::ThreadState;
use crate::sync::{event, seeded};

/// Deletes every item.
pub fn clear(ts: &ThreadState, list: &List) {
    rewrite(ts, list, |items| {
        let mut all = std::mem::take(items);
        // The last one is given back first.
        all.reverse();
        all
    });
}

/// Turns the items around.
pub fn reverse(ts: &ThreadState, list: &List) {
    rewrite(ts, list, |items| {
        items.reverse();
        Vec::new()
    });
}

/// Replaces the items that `select` names, given the length, by `values`, whose references it takes over. The range is
/// clamped.
pub fn replace(
    ts: &ThreadState,
    list: &List,
    select: impl Fn(usize) -> Range<usize>,
    values: &[Value],
) {
    let old = select(list.len());
    rewrite(ts, list, |items| {
        let range = match seeded!("li6-slice-of-an-old-length") {
            true => old,
            false => select(items.len()),
        };
        let start = range.start.min(items.len());
        let stop = range.end.clamp(start, items.len());
        items.splice(start..stop, values.iter().copied()).collect()
    });
}

/// Changes the items at will and publishes the result in one step: the general slice assignment.
///
/// `change` works on the list's own references and answers with those that are to be given back. It holds the lock, so
/// it must not run Python code.
pub fn rewrite(ts: &ThreadState, list: &List, change: impl FnOnce(&mut Vec<Value>) -> Vec<Value>) {
    event::writes(list, None);
    let removed = event::operation("list.rewrite", || {
        write::locked(ts, list, |writer| writer.rewrite(change))
    });
    // SAFETY: the list owned the references that it no longer holds.
    unsafe { drop_all(ts, removed) };
}

/// As [`rewrite`]; `change` also gets references to the items that another list has at that moment.
pub fn rewrite_from(
    ts: &ThreadState,
    list: &List,
    source: &List,
    change: impl FnOnce(&mut Vec<Value>, Vec<Value>) -> Vec<Value>,
) {
    event::changes(list, source);
    let removed = event::operation("list.rewrite", || {
        if seeded!("li13-assign-in-two-sections") {
            let items = snapshot(ts, source);
            return write::locked(ts, list, |writer| writer.rewrite(|all| change(all, items)));
        }
        write::locked_with(ts, list, source, |writer| {
            let items = read::all_locked(ts, source);
            writer.rewrite(|all| change(all, items))
        })
    });
    // SAFETY: as in `rewrite`; `change` owns the items of the source.
    unsafe { drop_all(ts, removed) };
}

/// Adds the items that another list has, or the list itself, at the end.
pub fn extend_from(ts: &ThreadState, list: &List, source: &List) {
    event::changes(list, source);
    event::operation("list.extend", || {
        if seeded!("li10-extend-in-two-sections") {
            let items = snapshot(ts, source);
            return write::locked(ts, list, |writer| writer.extend(&items));
        }
        write::locked_with(ts, list, source, |writer| {
            writer.extend(&read::all_locked(ts, source));
        });
    });
}

/// The items of two lists at one moment of both, new references.
#[must_use = "the references must be given back"]
pub fn snapshots(ts: &ThreadState, left: &List, right: &List) -> (Vec<Value>, Vec<Value>) {
    event::reads_both(left, right);
    if seeded!("li9-two-lists-in-two-sections") {
        return (snapshot(ts, left), snapshot(ts, right));
    }
    write::locked_with(ts, left, right, |_| {
        (read::all_locked(ts, left), read::all_locked(ts, right))
    })
}

/// A new list of the items of two lists, at one moment of both.
#[must_use]
pub fn concat(ts: &ThreadState, left: &List, right: &List) -> Value {
    let (mut items, more) = event::operation("list.concat", || snapshots(ts, left, right));
    items.extend(more);
    super::new(ts, &items)
}

/// Takes the first item out that is `value` or equals it; says whether there was one.
///
/// One step unless a comparison runs Python code that gives the lock up: then other threads may change what has been
/// looked at, but what is taken out is an item that was found equal.
///
/// # Errors
/// What a comparison raised.
pub fn remove_value(ts: &ThreadState, list: &List, value: Value) -> Result<bool, Error> {
    event::writes(list, None);
    match event::operation("list.remove", || take(ts, list, value))? {
        write::Taken::Nothing => Ok(false),
        write::Taken::Item(item) => {
            // SAFETY: the list gave its reference to this call.
            item.inspect(|&item| unsafe { decref(ts, item) });
            Ok(true)
        }
    }
}

fn take(ts: &ThreadState, list: &List, value: Value) -> Result<write::Taken, Error> {
    if seeded!("li5-remove-by-an-old-index") {
        return Ok(match index_of(ts, list, value)? {
            Some(index) => write::Taken::Item(pop(ts, list, index as i64)),
            None => write::Taken::Nothing,
        });
    }
    match write::locked(ts, list, |writer| writer.take_plainly(value)) {
        Some(taken) => Ok(taken),
        None => write::section(ts, list, |writer| writer.take_equal(value)),
    }
}

/// Makes the list so many times what it was, unless it has more than `most` items; says whether it had not.
#[must_use]
pub fn repeat(ts: &ThreadState, list: &List, count: usize, most: usize) -> bool {
    let Some(more) = count.checked_sub(1) else {
        clear(ts, list);
        return true;
    };
    if seeded!("li7-repeat-of-a-snapshot") {
        let items = snapshot(ts, list);
        let share = |&item| new_ref_with_lock(ts, item);
        let all = (0..more)
            .flat_map(|_| items.iter().map(share))
            .collect::<Vec<_>>();
        let all = items.iter().copied().chain(all).collect();
        rewrite(ts, list, |now| std::mem::replace(now, all));
        return true;
    }
    event::writes(list, None);
    event::operation("list.repeat", || {
        write::locked(ts, list, |writer| {
            let fits = !writer.is_longer_than(most);
            if fits {
                writer.repeat(more);
            }
            fits
        })
    })
}

/// Takes all items out, lets `order` put them into another order, and puts them back. Gives its answer, and whether
/// `order` changed the list; what it put in is gone then.
///
/// Who takes the lock waits until the items are back, unless `order` runs code that gives the lock up: then other threads
/// find the list empty, and what they put in comes after the items. `order` must leave the items that it gets, whose
/// references are the list's.
pub fn arrange<R>(
    ts: &ThreadState,
    list: &List,
    order: impl FnOnce(&mut Vec<Value>) -> R,
) -> (R, bool) {
    if seeded!("li8-sort-without-the-lock") {
        let mut items = Vec::new();
        rewrite(ts, list, |all| take_all(all, &mut items));
        let answer = order(&mut items);
        rewrite(ts, list, |all| std::mem::replace(all, items));
        return (answer, false);
    }
    if seeded!("li16-sorted-in-place") {
        let answer = write::section(ts, list, |writer| writer.order_in_place(order));
        return (answer, false);
    }
    event::writes(list, None);
    let (answer, intruders, changed) = event::operation("list.sort", || {
        write::section(ts, list, |writer| arrange_locked(ts, list, writer, order))
    });
    // SAFETY: the list owned the references that it no longer holds.
    unsafe { drop_all(ts, intruders) };
    (answer, changed)
}

/// The answer of `order`, what it put into the list itself and is there yet, and whether it put anything in.
fn arrange_locked<R>(
    ts: &ThreadState,
    list: &List,
    writer: &write::Writer,
    order: impl FnOnce(&mut Vec<Value>) -> R,
) -> (R, Vec<Value>, bool) {
    let mut items = Vec::new();
    writer.rewrite(|all| take_all(all, &mut items));
    // The key function of another sort of this list may have called this one.
    let within = list.header.set_arranged(true);
    let (answer, was_open) = critical_section::opens(ts, || order(&mut items));
    // Others that read without the lock may have found the list empty: two steps.
    event::writes(list, None);
    let is_as_left = list.header.set_arranged(false);
    if within && is_as_left {
        let _ = list.header.set_arranged(true);
    }
    let intruders = writer.rewrite(|all| {
        let mut more = std::mem::replace(all, items);
        if was_open && !seeded!("li11-sort-drops-what-came") {
            all.append(&mut more);
        }
        more
    });
    let put_in = match seeded!("li18-change-told-by-contents") {
        true => !intruders.is_empty(),
        false => !is_as_left,
    };
    // What came while others could run may be theirs, which is no error.
    let changed = !intruders.is_empty() || (put_in && !was_open);
    (answer, intruders, changed)
}

fn take_all(from: &mut Vec<Value>, to: &mut Vec<Value>) -> Vec<Value> {
    *to = std::mem::take(from);
    Vec::new()
}

/// Runs `body`, which may run code, in a section of the list's lock: others see what it does to the list as one step,
/// unless it gives the lock up.
pub fn within<R>(ts: &ThreadState, list: &List, body: impl FnOnce() -> R) -> R {
    if seeded!("li14-extend-without-a-section") {
        return body();
    }
    write::section(ts, list, |_| body())
}
