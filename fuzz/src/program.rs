//! What is drawn: a container with some content, and what two threads do with it.

use std::fmt;

/// How many threads race.
pub const THREADS: usize = 2;

/// A racing program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// What they race on.
    pub container: Container,
    /// What each thread does, in order.
    pub threads: [Vec<Op>; THREADS],
}

/// A container and its content at the start. Items and values are numbers; each becomes an object of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Container {
    /// A list.
    List(Vec<u8>),
    /// A dict, in insertion order.
    Dict(Vec<(u8, u8)>),
}

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// An operation on a list.
    List(ListOp),
    /// An operation on a dict.
    Dict(DictOp),
}

/// An operation on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListOp {
    /// `list[index]`.
    Get(u8),
    /// `list[index] = value`.
    Set(u8, u8),
    /// `list.append(value)`.
    Append(u8),
    /// `list.insert(index, value)`.
    Insert(u8, u8),
    /// `list.pop()`.
    Pop,
    /// `list.pop(0)`.
    PopFirst,
    /// `list[index:index + 1] = [value, value]`.
    Widen(u8, u8),
    /// `list.clear()`.
    Clear,
}

/// An operation on a dict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DictOp {
    /// `dict.get(key)`.
    Get(u8),
    /// `dict[key] = value`.
    Insert(u8, u8),
    /// `dict.setdefault(key, value)`.
    SetDefault(u8, u8),
    /// `dict.pop(key, None)`.
    Pop(u8),
    /// `dict.clear()`.
    Clear,
}

/// What an operation answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing to say.
    Done,
    /// Whether there was such a place.
    Found(bool),
    /// The item or value, if there was one.
    Value(Option<u8>),
}

impl Op {
    /// Whether it moves items that it does not touch; a read without the lock can then see them twice or not at all.
    #[must_use]
    pub fn shifts(self) -> bool {
        matches!(self, Op::List(ListOp::Insert(..) | ListOp::PopFirst))
    }

    /// Whether it reads without the lock from a place that others may shift.
    #[must_use]
    pub fn reads_place(self) -> bool {
        matches!(self, Op::List(ListOp::Get(_)))
    }

    /// The number that it puts into the container.
    #[must_use]
    pub fn puts(self) -> Option<u8> {
        match self {
            Op::List(
                ListOp::Set(_, value)
                | ListOp::Append(value)
                | ListOp::Insert(_, value)
                | ListOp::Widen(_, value),
            )
            | Op::Dict(DictOp::Insert(_, value) | DictOp::SetDefault(_, value)) => Some(value),
            Op::List(ListOp::Get(_) | ListOp::Pop | ListOp::PopFirst | ListOp::Clear)
            | Op::Dict(DictOp::Get(_) | DictOp::Pop(_) | DictOp::Clear) => None,
        }
    }
}

impl Container {
    /// The numbers that it holds.
    #[must_use]
    pub fn values(&self) -> Vec<u8> {
        match self {
            Container::List(items) => items.clone(),
            Container::Dict(entries) => entries.iter().map(|(_, value)| *value).collect(),
        }
    }
}

impl fmt::Display for Container {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Container::List(items) => write!(f, "{items:?}"),
            Container::Dict(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{key}: {value}"))
                    .collect();
                write!(f, "{{{}}}", entries.join(", "))
            }
        }
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Op::List(op) => op.fmt(f),
            Op::Dict(op) => op.fmt(f),
        }
    }
}

impl fmt::Display for ListOp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ListOp::Get(index) => write!(f, "x[{index}]"),
            ListOp::Set(index, value) => write!(f, "x[{index}] = {value}"),
            ListOp::Append(value) => write!(f, "x.append({value})"),
            ListOp::Insert(index, value) => write!(f, "x.insert({index}, {value})"),
            ListOp::Pop => write!(f, "x.pop()"),
            ListOp::PopFirst => write!(f, "x.pop(0)"),
            ListOp::Widen(index, value) => {
                write!(
                    f,
                    "x[{index}:{}] = [{value}, {value}]",
                    u16::from(*index) + 1
                )
            }
            ListOp::Clear => write!(f, "x.clear()"),
        }
    }
}

impl fmt::Display for DictOp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DictOp::Get(key) => write!(f, "x.get({key})"),
            DictOp::Insert(key, value) => write!(f, "x[{key}] = {value}"),
            DictOp::SetDefault(key, value) => write!(f, "x.setdefault({key}, {value})"),
            DictOp::Pop(key) => write!(f, "x.pop({key}, None)"),
            DictOp::Clear => write!(f, "x.clear()"),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Done => f.write_str("done"),
            Answer::Found(true) => f.write_str("done"),
            Answer::Found(false) => f.write_str("IndexError"),
            Answer::Value(Some(value)) => value.fmt(f),
            Answer::Value(None) => f.write_str("nothing"),
        }
    }
}
