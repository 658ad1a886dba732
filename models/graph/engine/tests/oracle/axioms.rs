//! The axioms of the three models, as formulas over relations.

use graph_engine::{Mode, Model};

use super::Label;
use super::relation::Relation;

/// What an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Write,
    Fence,
}

/// An event of a candidate graph.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    pub(crate) label: Label,
    pub(crate) kind: Kind,
    pub(crate) mode: Mode,
    pub(crate) loc: Option<usize>,
    /// The write of a read-modify-write, or an initial write.
    pub(crate) initial: bool,
}

/// A candidate graph.
pub(crate) struct Candidate<'a> {
    pub(crate) model: Model,
    pub(crate) events: &'a [Event],
    /// Pairs of the read and the write of a read-modify-write.
    pub(crate) rmw: &'a Relation,
    pub(crate) rf: &'a Relation,
    pub(crate) co: &'a Relation,
}

impl Candidate<'_> {
    fn len(&self) -> usize {
        self.events.len()
    }

    fn only(&self, member: impl Fn(&Event) -> bool) -> Relation {
        Relation::only(self.len(), |id| member(&self.events[id]))
    }

    fn pairs(&self, holds: impl Fn(&Event, &Event) -> bool) -> Relation {
        Relation::of(self.len(), |a, b| holds(&self.events[a], &self.events[b]))
    }

    /// Pairs that are not the two halves of one read-modify-write.
    fn other_operations(&self) -> Relation {
        Relation::of(self.len(), |a, b| !self.rmw.has(a, b))
    }

    fn same_location(a: &Event, b: &Event) -> bool {
        a.loc.is_some() && a.loc == b.loc
    }

    fn mode(&self, event: &Event) -> Mode {
        match self.model {
            Model::Rc11 | Model::Cpp20 => event.mode,
            _ if event.mode == Mode::Plain => Mode::Plain,
            _ => Mode::AcqRel,
        }
    }

    fn acquires(&self, event: &Event) -> bool {
        matches!(
            self.mode(event),
            Mode::Acquire | Mode::AcqRel | Mode::SeqCst
        )
    }

    fn releases(&self, event: &Event) -> bool {
        matches!(
            self.mode(event),
            Mode::Release | Mode::AcqRel | Mode::SeqCst
        )
    }

    /// Program order; initial writes are before everything.
    fn po(&self) -> Relation {
        self.pairs(|a, b| {
            let later = a.label.0 == b.label.0 && a.label.1 < b.label.1;
            !b.initial && (a.initial || later)
        })
    }

    fn fr(&self) -> Relation {
        self.rf.inverse().then(self.co)
    }

    fn eco(&self) -> Relation {
        self.rf.or(self.co).or(&self.fr()).plus()
    }

    /// rs = [W, at least rlx] ; (rf ; rmw)*
    fn release_sequence(&self) -> Relation {
        let writes = self.only(|e| e.kind == Kind::Write && e.mode != Mode::Plain);
        writes.then(&self.rf.then(self.rmw).star())
    }

    /// sw = [rel] ; ([F] ; po)? ; rs ; rf ; [R, at least rlx] ; (po ; [F])? ; [acq]
    fn sw(&self) -> Relation {
        let po = self.po();
        let fence = self.only(|e| e.kind == Kind::Fence);
        let reads = self.only(|e| e.kind == Kind::Read && e.mode != Mode::Plain);
        let release = self
            .only(|e| self.releases(e))
            .then(&fence.then(&po).maybe());
        let acquire = po
            .then(&fence)
            .maybe()
            .then(&self.only(|e| self.acquires(e)));
        release
            .then(&self.release_sequence())
            .then(self.rf)
            .then(&reads)
            .then(&acquire)
    }

    /// hb = (po ∪ sw)⁺
    pub(crate) fn hb(&self) -> Relation {
        self.po().or(&self.sw()).plus()
    }

    /// Whether po ∪ rf is acyclic.
    pub(crate) fn has_no_thin_air(&self) -> bool {
        self.po().or(self.rf).is_acyclic()
    }

    /// hb ; eco? is irreflexive.
    fn is_coherent(&self) -> bool {
        self.hb().then(&self.eco().maybe()).is_irreflexive()
    }

    /// rmw ∩ (fr ; co) = ∅
    fn is_atomic(&self) -> bool {
        self.rmw.and(&self.fr().then(self.co)).is_empty()
    }

    fn psc(&self) -> Relation {
        let (po, hb, eco) = (self.po(), self.hb(), self.eco());
        let elsewhere = match self.model {
            Model::Cpp20 => po.and(&self.other_operations()),
            _ => po.and(&self.pairs(|a, b| !Self::same_location(a, b))),
        };
        let here = hb.and(&self.pairs(Self::same_location));
        let scb = po
            .or(&elsewhere.then(&hb).then(&elsewhere))
            .or(&here)
            .or(self.co)
            .or(&self.fr());
        let sc = self.only(|e| e.mode == Mode::SeqCst);
        let fence = self.only(|e| e.mode == Mode::SeqCst && e.kind == Kind::Fence);
        let from = sc.or(&fence.then(&hb.maybe()));
        let to = sc.or(&hb.maybe().then(&fence));
        let base = from.then(&scb).then(&to);
        let fences = fence.then(&hb.or(&hb.then(&eco).then(&hb))).then(&fence);
        base.or(&fences)
    }

    /// Whether the model admits the graph.
    pub(crate) fn is_consistent(&self) -> bool {
        self.has_no_thin_air() && self.is_consistent_but_for_thin_air()
    }

    /// Coherence and atomicity alone.
    pub(crate) fn is_coherent_and_atomic(&self) -> bool {
        self.is_coherent() && self.is_atomic()
    }

    /// Whether all axioms but the acyclicity of po ∪ rf admit it.
    pub(crate) fn is_consistent_but_for_thin_air(&self) -> bool {
        let common = || self.is_coherent_and_atomic();
        match self.model {
            Model::Rc11 | Model::Cpp20 => common() && self.psc().is_acyclic(),
            Model::ReleaseAcquire => common(),
            Model::Sc => {
                self.is_atomic()
                    && self
                        .po()
                        .or(self.rf)
                        .or(self.co)
                        .or(&self.fr())
                        .is_acyclic()
            }
        }
    }

    /// Two accesses of one location, at least one a write, at least one plain, not
    /// ordered by hb.
    pub(crate) fn has_race(&self) -> bool {
        let hb = self.hb();
        let conflict = self.pairs(|a, b| {
            let writes = a.kind == Kind::Write || b.kind == Kind::Write;
            let plain = a.mode == Mode::Plain || b.mode == Mode::Plain;
            Self::same_location(a, b) && writes && plain && !a.initial && !b.initial
        });
        (0..self.len())
            .any(|a| (0..a).any(|b| conflict.has(a, b) && !hb.has(a, b) && !hb.has(b, a)))
    }
}
