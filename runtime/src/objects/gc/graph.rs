//! The graph of candidates: which of them can be reached from outside.

use std::ptr::NonNull;

use crate::objects::header::Header;
use crate::objects::value::Value;
use crate::sync::{event, invariant, seeded};

/// An object that shows references and is alive.
#[derive(Debug)]
struct Candidate {
    object: NonNull<Header>,
    /// Its references that no candidate owns.
    external: i64,
    reached: bool,
}

/// Candidates, each at the place that its header names.
#[derive(Debug)]
pub(super) struct Graph(Vec<Candidate>);

impl Graph {
    /// The graph of those among `objects` that may be part of a cycle, when the collector holds `held` references to
    /// each. The world is stopped until the graph is given up.
    pub(super) fn of(objects: Vec<NonNull<Header>>, held: i64) -> Self {
        let mut graph = Self(Vec::new());
        objects
            .into_iter()
            .for_each(|object| graph.add(object, held));
        graph.subtract_internal();
        graph.reach();
        graph
    }

    /// The candidates that cannot be reached, and those that can.
    pub(super) fn divide(self) -> (Vec<NonNull<Header>>, Vec<NonNull<Header>>) {
        let (reached, lost): (Vec<_>, Vec<_>) = self.0.into_iter().partition(|one| one.reached);
        let objects =
            |candidates: Vec<Candidate>| candidates.into_iter().map(|one| one.object).collect();
        (objects(lost), objects(reached))
    }

    fn add(&mut self, object: NonNull<Header>, held: i64) {
        // SAFETY: the block starts with a header, dead or alive, and the world is stopped.
        let header = unsafe { object.as_ref() };
        let count = header.count.snapshot();
        let is_candidate = count.is_alive()
            && !count.is_immortal()
            && !header.is_frozen()
            && header.kind().traverse.is_some();
        let place = u32::try_from(self.0.len());
        if let (true, Ok(place)) = (is_candidate, place) {
            header.set_place(place);
            self.0.push(Candidate {
                object,
                external: count.total() - held,
                reached: false,
            });
        }
    }

    /// Takes the references that candidates own from what is external.
    fn subtract_internal(&mut self) {
        for index in 0..self.0.len() {
            let object = self.0[index].object;
            show(object, &mut |child| {
                if let Some(place) = self.find(child) {
                    self.0[place].external -= 1;
                }
            });
        }
    }

    /// Marks what can be reached from outside.
    fn reach(&mut self) {
        let mut next = Vec::new();
        for (index, candidate) in self.0.iter_mut().enumerate() {
            invariant!(
                candidate.external >= 0,
                "gc 1",
                "an object is shown {} times more than it is counted",
                -candidate.external
            );
            if candidate.external > 0 {
                candidate.reached = true;
                next.push(index);
            }
        }
        while let Some(index) = next.pop() {
            let object = self.0[index].object;
            show(object, &mut |child| {
                let place = self.find(child).filter(|&place| !self.0[place].reached);
                if let Some(place) = place {
                    self.0[place].reached = true;
                    next.push(place);
                }
            });
        }
    }

    fn find(&self, object: NonNull<Header>) -> Option<usize> {
        // SAFETY: a candidate that is alive showed it, so it is alive.
        let place = unsafe { object.as_ref() }.place();
        // The place of what is no candidate was written by an earlier stop.
        let is_ours =
            |one: &&Candidate| one.object == object || seeded!("sg6-place-of-another-stop");
        let found = self.0.get(place).filter(is_ours);
        found.map(|_| place)
    }
}

/// Shows the objects that a candidate owns a reference to.
fn show(object: NonNull<Header>, visit: &mut dyn FnMut(NonNull<Header>)) {
    // SAFETY: a candidate is alive, and the world is stopped.
    unsafe {
        if let Some(traverse) = object.as_ref().kind().traverse {
            // While the world is stopped nobody is in the middle of anything.
            event::unobserved(|| {
                traverse(object, &mut |value: Value| {
                    value.header().into_iter().for_each(&mut *visit);
                });
            });
        }
    }
}
