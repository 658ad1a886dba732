//! Brute force: every outcome, every reads-from, every coherence order.

use std::collections::BTreeSet;

use graph_engine::Model;

use super::axioms::{Candidate, Kind};
use super::program::{LOCATIONS, Program};
use super::relation::Relation;
use super::skeleton::{Skeleton, Source, outcomes_of};
use super::{Answer, Fact, Failure, Label, Signature};

/// All complete graphs of a program, and how it fails. `None`: too many candidates.
pub(crate) fn answer(model: Model, program: &Program, limit: u64) -> Option<Answer> {
    let mut found = Answer::default();
    for outcomes in outcomes_of(program) {
        let skeleton = Skeleton::new(program, &outcomes);
        if skeleton.spurious_failures_repeat() {
            continue;
        }
        if skeleton.candidates() > limit {
            return None;
        }
        skeleton.explore(model, &mut found);
    }
    Some(found)
}

/// What the axioms admit of a program if po ∪ rf may have cycles.
#[derive(Default)]
pub(crate) struct Buffered {
    /// How many graphs with a cycle are coherent and atomic.
    pub(crate) cyclic: usize,
    /// What the reads return in these, and in those without a cycle.
    pub(crate) with_cycle: BTreeSet<Values>,
    pub(crate) without: BTreeSet<Values>,
}

/// For each read its value.
type Values = Vec<(Label, u64)>;

/// Load buffering in a program that writes constants only. `None`: too many candidates.
pub(crate) fn buffered(model: Model, program: &Program, limit: u64) -> Option<Buffered> {
    let mut found = Buffered::default();
    for outcomes in outcomes_of(program) {
        let skeleton = Skeleton::new(program, &outcomes);
        if skeleton.candidates() > limit {
            return None;
        }
        skeleton.explore_cycles(model, &mut found);
    }
    Some(found)
}

impl Skeleton {
    fn explore_cycles(&self, model: Model, found: &mut Buffered) {
        let reads = self.reads();
        self.choose_sources(&reads, &mut Vec::new(), &mut |rf| {
            if !self.values_agree(rf) {
                return;
            }
            let cycle = self.has_cycle(model, rf);
            let value =
                |&(write, read): &(usize, usize)| (self.events[read].label, self.value(write, rf));
            let mut values: Values = rf.iter().map(value).collect();
            values.sort_unstable();
            self.for_each_order(model, rf, &mut |candidate, _| {
                found.cyclic += usize::from(cycle && candidate.is_coherent_and_atomic());
                if !candidate.is_consistent_but_for_thin_air() {
                    return;
                }
                match cycle {
                    true => found.with_cycle.insert(values.clone()),
                    false => found.without.insert(values.clone()),
                };
            });
        });
    }

    fn reads(&self) -> Vec<usize> {
        (0..self.events.len())
            .filter(|&id| self.events[id].kind == Kind::Read)
            .collect()
    }

    fn writes_of(&self, loc: Option<usize>) -> Vec<usize> {
        let writes =
            |&id: &usize| self.events[id].kind == Kind::Write && self.events[id].loc == loc;
        (0..self.events.len()).filter(writes).collect()
    }

    /// How many candidates there are at most, once atomicity has left one place in each
    /// order to the write of a read-modify-write.
    fn candidates(&self) -> u64 {
        let reads = self.reads();
        let free = |&&id: &&usize| self.written_by(id).is_none();
        let sources = |&id: &usize| self.writes_of(self.events[id].loc).len() as u64;
        let reads: u64 = reads.iter().filter(free).map(sources).product();
        let orders = |loc: usize| (1..self.writes_of(Some(loc)).len() as u64).product::<u64>();
        reads.saturating_mul((0..LOCATIONS).map(orders).product())
    }

    /// The write of the read-modify-write that a read belongs to.
    fn written_by(&self, read: usize) -> Option<usize> {
        let pair = self.rmw.iter().find(|&&(reading, _)| reading == read);
        pair.map(|&(_, write)| write)
    }

    fn explore(&self, model: Model, found: &mut Answer) {
        let reads = self.reads();
        let mut rf = Vec::new();
        self.choose_sources(&reads, &mut rf, &mut |rf| {
            self.explore_orders(model, rf, found);
        });
    }

    fn choose_sources(
        &self,
        reads: &[usize],
        rf: &mut Vec<(usize, usize)>,
        then: &mut impl FnMut(&[(usize, usize)]),
    ) {
        let Some((&read, rest)) = reads.split_first() else {
            return then(rf);
        };
        for write in self.writes_of(self.events[read].loc) {
            if self.is_taken(write, read, rf) || self.contradicts(write, read) {
                continue;
            }
            rf.push((write, read));
            self.choose_sources(rest, rf, then);
            rf.pop();
        }
    }

    /// Atomicity, ahead of time: two read-modify-writes read from one write, or one from
    /// its own.
    fn is_taken(&self, write: usize, read: usize, rf: &[(usize, usize)]) -> bool {
        let updates = |read: usize| self.written_by(read).is_some();
        let also = |&(source, reader): &(usize, usize)| source == write && updates(reader);
        updates(read) && (rf.iter().any(also) || self.written_by(read) == Some(write))
    }

    /// Values, ahead of time: a write of a constant that is not what the read must find.
    fn contradicts(&self, write: usize, read: usize) -> bool {
        match self.sources[write] {
            Some(Source::Constant(value)) => !self.demands[read].allows(value),
            _ => false,
        }
    }

    fn explore_orders(&self, model: Model, rf: &[(usize, usize)], found: &mut Answer) {
        if self.has_cycle(model, rf) || !self.values_agree(rf) {
            return;
        }
        self.for_each_order(model, rf, &mut |candidate, orders| {
            if candidate.is_consistent() {
                self.judge(candidate, rf, orders, found);
            }
        });
    }

    /// Whether po ∪ rf has a cycle.
    fn has_cycle(&self, model: Model, rf: &[(usize, usize)]) -> bool {
        let len = self.events.len();
        let pairs = |pairs: &[(usize, usize)]| Relation::from_pairs(len, pairs);
        let (rmw, rf, co) = (pairs(&self.rmw), pairs(rf), pairs(&[]));
        let unordered = Candidate {
            model,
            events: &self.events,
            rmw: &rmw,
            rf: &rf,
            co: &co,
        };
        !unordered.has_no_thin_air()
    }

    fn for_each_order(
        &self,
        model: Model,
        rf: &[(usize, usize)],
        then: &mut impl FnMut(&Candidate<'_>, &[Vec<usize>]),
    ) {
        let len = self.events.len();
        let rf_relation = Relation::from_pairs(len, rf);
        let rmw = Relation::from_pairs(len, &self.rmw);
        let events = &self.events;
        for orders in self.coherence_orders(rf) {
            let pairs: Vec<_> = orders.iter().flat_map(|order| pairs_of(order)).collect();
            let co = Relation::from_pairs(len, &pairs);
            let candidate = Candidate {
                model,
                events,
                rmw: &rmw,
                rf: &rf_relation,
                co: &co,
            };
            then(&candidate, &orders);
        }
    }

    fn judge(
        &self,
        candidate: &Candidate<'_>,
        rf: &[(usize, usize)],
        orders: &[Vec<usize>],
        found: &mut Answer,
    ) {
        if candidate.has_race() {
            found.failures.insert(Failure::Race);
        }
        if self.unlocks.iter().any(|&read| !self.holds(read, rf)) {
            found.failures.insert(Failure::Misuse);
        }
        if self.stuck.is_empty() {
            found.graphs.insert(self.signature(rf, orders));
        } else if self
            .stuck
            .iter()
            .all(|&read| reads_newest(read, rf, orders))
        {
            found.failures.insert(Failure::Stuck);
        }
    }

    /// Whether an unlock's thread has the lock: it reads what the thread wrote when it took it.
    fn holds(&self, read: usize, rf: &[(usize, usize)]) -> bool {
        let own = |write: usize| self.events[write].label.0 == self.events[read].label.0;
        let source = rf.iter().find(|&&(_, reader)| reader == read);
        source.is_some_and(|&(write, _)| own(write) && self.value(write, rf) == 1)
    }

    /// Whether every read finds what its outcome demands. Without thin air, values are
    /// determined step by step.
    fn values_agree(&self, rf: &[(usize, usize)]) -> bool {
        rf.iter()
            .all(|&(write, read)| self.demands[read].allows(self.value(write, rf)))
    }

    fn value(&self, write: usize, rf: &[(usize, usize)]) -> u64 {
        match self.sources[write] {
            Some(Source::ReadPlusOne(read)) => {
                let source = rf
                    .iter()
                    .find(|&&(_, reader)| reader == read)
                    .map(|&(write, _)| write);
                source.map_or(0, |source| self.value(source, rf) + 1)
            }
            Some(Source::Constant(value)) => value,
            None => 0,
        }
    }

    /// Every combination of orders of the locations' writes, initial ones first.
    fn coherence_orders(&self, rf: &[(usize, usize)]) -> Vec<Vec<Vec<usize>>> {
        let mut all = vec![Vec::new()];
        for loc in 0..LOCATIONS {
            let writes = self.writes_of(Some(loc));
            let orders = self.orders(&writes[..1], &writes[1..], rf);
            let extend = |start: &Vec<Vec<usize>>| {
                let start = start.clone();
                let add = move |order: &Vec<usize>| [start.clone(), vec![order.clone()]].concat();
                orders.iter().map(add).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(extend).collect();
        }
        all
    }

    /// Every order that begins with `start` and has the writes of `rest` after it.
    fn orders(&self, start: &[usize], rest: &[usize], rf: &[(usize, usize)]) -> Vec<Vec<usize>> {
        if rest.is_empty() {
            return vec![start.to_vec()];
        }
        let last = start[start.len() - 1];
        let next = rest.iter().filter(|&&next| self.may_follow(last, next, rf));
        next.flat_map(|&next| {
            let rest: Vec<usize> = rest
                .iter()
                .copied()
                .filter(|&other| other != next)
                .collect();
            self.orders(&[start, &[next]].concat(), &rest, rf)
        })
        .collect()
    }

    /// Atomicity, ahead of time: a read-modify-write writes directly after its source.
    fn may_follow(&self, last: usize, next: usize, rf: &[(usize, usize)]) -> bool {
        let pair = self.rmw.iter().find(|&&(_, write)| write == next);
        pair.is_none_or(|&(read, _)| rf.contains(&(last, read)))
    }

    fn signature(&self, rf: &[(usize, usize)], orders: &[Vec<usize>]) -> Signature {
        let label = |id: usize| self.events[id].label;
        let source = |write: usize| (!self.events[write].initial).then(|| label(write));
        let reads = rf.iter().map(|&(write, read)| {
            (
                label(read),
                Fact::Reads(source(write), self.spurious.contains(&label(read))),
            )
        });
        let places = |order: &Vec<usize>| {
            order
                .iter()
                .copied()
                .enumerate()
                .skip(1)
                .collect::<Vec<_>>()
        };
        let writes = orders
            .iter()
            .flat_map(places)
            .map(|(place, write)| (label(write), Fact::Writes(place)));
        reads
            .chain(writes)
            .chain(self.picks.iter().cloned())
            .collect()
    }
}

fn reads_newest(read: usize, rf: &[(usize, usize)], orders: &[Vec<usize>]) -> bool {
    let newest = |&(write, reader): &(usize, usize)| {
        reader == read && orders.iter().any(|o| o.last() == Some(&write))
    };
    rf.iter().any(newest)
}

/// Each event of the order with each one after it.
fn pairs_of(order: &[usize]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let later = |at: usize| order[at + 1..].iter().copied();
    (0..order.len()).flat_map(move |at| later(at).map(move |b| (order[at], b)))
}
