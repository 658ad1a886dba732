//! C11's axioms, as RC11 states them, for graphs without sequentially consistent accesses.

use std::collections::BTreeMap;

use checks_loom::litmus::program::{Order, Place};

/// What names an event: its thread, and its position in it.
pub(crate) type Label = (usize, usize);

/// One event of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Act {
    /// A read, a write, or both; what is read comes from another event or is the initial value.
    Access {
        place: Place,
        order: u8,
        read: Option<Option<Label>>,
        written: Option<u32>,
    },
    /// A fence.
    Fence { order: u8 },
}

const ACQUIRES: u8 = 1;
const RELEASES: u8 = 2;
const SEQ_CST: u8 = 4;

/// What an order asks for, as bits.
pub(crate) fn bits(order: Order) -> u8 {
    match order {
        Order::Acquire => ACQUIRES,
        Order::Release => RELEASES,
        Order::AcqRel => ACQUIRES | RELEASES,
        Order::SeqCst => ACQUIRES | RELEASES | SEQ_CST,
        _ => 0,
    }
}

/// An execution: what happened, where each read reads from, and the order of each place's writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Graph {
    pub(crate) events: BTreeMap<Label, Act>,
    /// For each place, its writes in modification order.
    pub(crate) writes: BTreeMap<Place, Vec<Label>>,
}

/// A relation between events.
struct Relation<'a> {
    labels: &'a [Label],
    rows: Vec<Vec<bool>>,
}

impl<'a> Relation<'a> {
    fn new(labels: &'a [Label], holds: impl Fn(Label, Label) -> bool) -> Self {
        let row = |from: &Label| labels.iter().map(|to| holds(*from, *to)).collect();
        let rows = labels.iter().map(row).collect();
        Self { labels, rows }
    }

    fn holds(&self, from: Label, to: Label) -> bool {
        let index = |label| self.labels.iter().position(|known| *known == label);
        match (index(from), index(to)) {
            (Some(from), Some(to)) => self.rows[from][to],
            _ => false,
        }
    }

    fn then(&self, other: &Relation<'_>) -> Self {
        let all = 0..self.labels.len();
        let between = |from: usize, to: usize| {
            let mut middles = all.clone();
            middles.any(|middle| self.rows[from][middle] && other.rows[middle][to])
        };
        let rows = (all.clone())
            .map(|from| all.clone().map(|to| between(from, to)).collect())
            .collect();
        Self {
            labels: self.labels,
            rows,
        }
    }

    fn closed(mut self) -> Self {
        for middle in 0..self.labels.len() {
            let after = self.rows[middle].clone();
            for row in self.rows.iter_mut().filter(|row| row[middle]) {
                row.iter_mut().zip(&after).for_each(|(to, via)| *to |= via);
            }
        }
        self
    }

    fn is_irreflexive(&self) -> bool {
        (0..self.labels.len()).all(|event| !self.rows[event][event])
    }
}

impl Graph {
    /// Whether C11 allows the execution.
    pub(crate) fn is_consistent(&self) -> bool {
        let labels: Vec<Label> = self.events.keys().copied().collect();
        let happens = self.happens_before(&labels);
        let eco = self.extended_coherence(&labels);
        let around = happens.then(&eco);
        let coherent = happens.is_irreflexive() && around.is_irreflexive();
        coherent && self.is_atomic() && self.fences_are_ordered(&labels, &happens, &around)
    }

    fn order(&self, label: Label) -> u8 {
        match self.events[&label] {
            Act::Access { order, .. } | Act::Fence { order } => order,
        }
    }

    fn is_fence(&self, label: Label) -> bool {
        matches!(self.events[&label], Act::Fence { .. })
    }

    fn source(&self, label: Label) -> Option<Option<Label>> {
        match self.events[&label] {
            Act::Access { read, .. } => read,
            Act::Fence { .. } => None,
        }
    }

    /// The write that heads the release sequences which `write` is in, and all in between: what a
    /// read-modify-write read from, and so on.
    fn sequence(&self, write: Label) -> Vec<Label> {
        let mut sequence = vec![write];
        while let Some(Some(Some(earlier))) = sequence.last().map(|last| self.source(*last)) {
            sequence.push(earlier);
        }
        sequence
    }

    /// Whether what `release` does carries to who reads `write`.
    fn is_carried(&self, release: Label, write: Label) -> bool {
        let before = |label: &Label| release.0 == label.0 && release.1 < label.1;
        self.order(release) & RELEASES != 0
            && self
                .sequence(write)
                .iter()
                .any(|head| *head == release || (self.is_fence(release) && before(head)))
    }

    fn synchronizes(&self, release: Label, acquire: Label) -> bool {
        let takes = |read: &Label| {
            *read == acquire
                || (self.is_fence(acquire) && read.0 == acquire.0 && read.1 < acquire.1)
        };
        self.order(acquire) & ACQUIRES != 0
            && self.events.keys().filter(|read| takes(read)).any(|read| {
                let source = self.source(*read).flatten();
                source.is_some_and(|write| self.is_carried(release, write))
            })
    }

    fn happens_before<'a>(&self, labels: &'a [Label]) -> Relation<'a> {
        let program = |from: Label, to: Label| from.0 == to.0 && from.1 < to.1;
        let edge = |from, to| program(from, to) || (from != to && self.synchronizes(from, to));
        Relation::new(labels, edge).closed()
    }

    fn position(&self, write: Label) -> Option<(Place, usize)> {
        self.writes.iter().find_map(|(place, writes)| {
            let position = writes.iter().position(|known| *known == write)?;
            Some((*place, position + 1))
        })
    }

    /// Where in its place's order a read reads; the initial value comes first.
    fn read_position(&self, read: Label) -> Option<(Place, usize)> {
        match self.events[&read] {
            Act::Access {
                place,
                read: Some(source),
                ..
            } => Some((
                place,
                source.map_or(0, |write| self.position(write).map_or(0, |p| p.1)),
            )),
            _ => None,
        }
    }

    /// Reads-from, modification order and reads-before, together.
    fn extended_coherence<'a>(&self, labels: &'a [Label]) -> Relation<'a> {
        let edge = |from: Label, to: Label| {
            let reads_from = self.source(to) == Some(Some(from));
            let earlier = |one: Option<(Place, usize)>, other: Option<(Place, usize)>| matches!((one, other), (Some(one), Some(other)) if one.0 == other.0 && one.1 < other.1);
            let modified = earlier(self.position(from), self.position(to));
            let before = from != to && earlier(self.read_position(from), self.position(to));
            reads_from || modified || before
        };
        Relation::new(labels, edge).closed()
    }

    /// Whether every read-modify-write reads its immediate predecessor.
    fn is_atomic(&self) -> bool {
        self.events.keys().all(
            |label| match (self.read_position(*label), self.position(*label)) {
                (Some((_, read)), Some((_, written))) => written == read + 1,
                _ => true,
            },
        )
    }

    fn fences_are_ordered(
        &self,
        labels: &[Label],
        happens: &Relation<'_>,
        around: &Relation<'_>,
    ) -> bool {
        let strong = |label| self.is_fence(label) && self.order(label) & SEQ_CST != 0;
        let path = around.then(happens);
        let edge = |from, to| {
            strong(from) && strong(to) && (happens.holds(from, to) || path.holds(from, to))
        };
        Relation::new(labels, edge).closed().is_irreflexive()
    }
}
