//! What each operation does when nothing else happens: the sequential specification.

use crate::program::{Answer, Container, DictOp, ListOp, Op};

/// Does the operation and gives its answer.
///
/// # Panics
/// When the operation belongs to the other container.
pub fn apply(container: &mut Container, op: Op) -> Answer {
    match (container, op) {
        (Container::List(items), Op::List(op)) => list(items, op),
        (Container::Dict(entries), Op::Dict(op)) => dict(entries, op),
        (container, op) => panic!("{op} is no operation of {container}"),
    }
}

fn list(items: &mut Vec<u8>, op: ListOp) -> Answer {
    match op {
        ListOp::Get(index) => Answer::Value(items.get(usize::from(index)).copied()),
        ListOp::Set(index, value) => match items.get_mut(usize::from(index)) {
            Some(item) => {
                *item = value;
                Answer::Found(true)
            }
            None => Answer::Found(false),
        },
        ListOp::Append(value) => {
            items.push(value);
            Answer::Done
        }
        ListOp::Insert(index, value) => {
            items.insert(usize::from(index).min(items.len()), value);
            Answer::Done
        }
        ListOp::Pop => Answer::Value(items.pop()),
        ListOp::PopFirst => Answer::Value((!items.is_empty()).then(|| items.remove(0))),
        ListOp::Widen(index, value) => {
            let start = usize::from(index).min(items.len());
            let stop = (start + 1).min(items.len());
            items.splice(start..stop, [value, value]);
            Answer::Done
        }
        ListOp::Clear => {
            items.clear();
            Answer::Done
        }
    }
}

fn dict(entries: &mut Vec<(u8, u8)>, op: DictOp) -> Answer {
    let at = |entries: &[(u8, u8)], key| entries.iter().position(|(found, _)| *found == key);
    match op {
        DictOp::Get(key) => Answer::Value(at(entries, key).map(|at| entries[at].1)),
        DictOp::Insert(key, value) => {
            match at(entries, key) {
                Some(at) => entries[at].1 = value,
                None => entries.push((key, value)),
            }
            Answer::Done
        }
        DictOp::SetDefault(key, value) => match at(entries, key) {
            Some(at) => Answer::Value(Some(entries[at].1)),
            None => {
                entries.push((key, value));
                Answer::Value(Some(value))
            }
        },
        DictOp::Pop(key) => Answer::Value(at(entries, key).map(|at| entries.remove(at).1)),
        DictOp::Clear => {
            entries.clear();
            Answer::Done
        }
    }
}
