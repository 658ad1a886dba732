//! How programs are drawn: short ones, on few places, so that they collide.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};

use crate::program::{Container, DictOp, ListOp, Op, Program};

/// Operations of one thread.
const LENGTH: usize = 4;
/// Items at the start: up to the sizes at which arrays and tables grow.
const CONTENT: usize = 6;

/// Programs on a list.
pub fn on_list() -> impl Strategy<Value = Program> {
    let threads = [thread(list_op().boxed()), thread(list_op().boxed())];
    (vec(1..10_u8, 0..=CONTENT), threads).prop_map(|(items, threads)| Program {
        container: Container::List(items),
        threads,
    })
}

/// Programs on a dict.
pub fn on_dict() -> impl Strategy<Value = Program> {
    let threads = [thread(dict_op().boxed()), thread(dict_op().boxed())];
    (vec(1..10_u8, 0..=CONTENT), threads).prop_map(|(values, threads)| {
        let entries = (0..).zip(values).collect();
        Program {
            container: Container::Dict(entries),
            threads,
        }
    })
}

fn thread(op: proptest::strategy::BoxedStrategy<Op>) -> impl Strategy<Value = Vec<Op>> {
    vec(op, 1..=LENGTH)
}

fn list_op() -> impl Strategy<Value = Op> {
    let index = || 0..4_u8;
    let value = || 10..100_u8;
    prop_oneof![
        4 => index().prop_map(ListOp::Get),
        1 => (index(), value()).prop_map(|(index, value)| ListOp::Set(index, value)),
        3 => value().prop_map(ListOp::Append),
        1 => (index(), value()).prop_map(|(index, value)| ListOp::Insert(index, value)),
        2 => Just(ListOp::Pop),
        1 => Just(ListOp::PopFirst),
        1 => (index(), value()).prop_map(|(index, value)| ListOp::Widen(index, value)),
        1 => Just(ListOp::Clear),
    ]
    .prop_map(Op::List)
}

fn dict_op() -> impl Strategy<Value = Op> {
    let key = || 0..8_u8;
    let value = || 10..100_u8;
    prop_oneof![
        4 => key().prop_map(DictOp::Get),
        3 => (key(), value()).prop_map(|(key, value)| DictOp::Insert(key, value)),
        1 => (key(), value()).prop_map(|(key, value)| DictOp::SetDefault(key, value)),
        2 => key().prop_map(DictOp::Pop),
        1 => Just(DictOp::Clear),
    ]
    .prop_map(Op::Dict)
}
