//! Binary relations over at most 64 events.

/// A relation: for each event, the set of events that it is related to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relation(Vec<u64>);

impl Relation {
    /// The pairs for which `holds`.
    pub(crate) fn of(len: usize, holds: impl Fn(usize, usize) -> bool) -> Relation {
        let row = |a: usize| {
            (0..len)
                .filter(|&b| holds(a, b))
                .fold(0, |row, b| row | 1 << b)
        };
        Relation((0..len).map(row).collect())
    }

    /// These pairs.
    pub(crate) fn from_pairs(len: usize, pairs: &[(usize, usize)]) -> Relation {
        let mut rows = vec![0; len];
        pairs.iter().for_each(|&(a, b)| rows[a] |= 1 << b);
        Relation(rows)
    }

    /// `[S]`: the identity on a set.
    pub(crate) fn only(len: usize, member: impl Fn(usize) -> bool) -> Relation {
        Relation::of(len, |a, b| a == b && member(a))
    }

    /// Whether the pair belongs to it.
    pub(crate) fn has(&self, a: usize, b: usize) -> bool {
        self.0[a] >> b & 1 == 1
    }

    /// Union.
    pub(crate) fn or(&self, other: &Relation) -> Relation {
        Relation(self.0.iter().zip(&other.0).map(|(a, b)| a | b).collect())
    }

    /// Intersection.
    pub(crate) fn and(&self, other: &Relation) -> Relation {
        Relation(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    /// Composition: first this, then the other.
    pub(crate) fn then(&self, other: &Relation) -> Relation {
        let step = |&row: &u64| members(row).fold(0, |to, b| to | other.0[b]);
        Relation(self.0.iter().map(step).collect())
    }

    /// `r?`: with the identity.
    pub(crate) fn maybe(&self) -> Relation {
        self.or(&Relation::only(self.0.len(), |_| true))
    }

    /// `r⁺`: the transitive closure (Warshall's algorithm).
    pub(crate) fn plus(&self) -> Relation {
        let mut rows = self.0.clone();
        for by in 0..rows.len() {
            let reached = rows[by];
            let leads_there = rows.iter_mut().filter(|row| **row >> by & 1 == 1);
            leads_there.for_each(|row| *row |= reached);
        }
        Relation(rows)
    }

    /// `r*`.
    pub(crate) fn star(&self) -> Relation {
        self.plus().maybe()
    }

    /// `r⁻¹`.
    pub(crate) fn inverse(&self) -> Relation {
        let mut rows = vec![0; self.0.len()];
        for (a, &row) in self.0.iter().enumerate() {
            members(row).for_each(|b| rows[b] |= 1 << a);
        }
        Relation(rows)
    }

    /// Whether no event is related to itself.
    pub(crate) fn is_irreflexive(&self) -> bool {
        (0..self.0.len()).all(|a| !self.has(a, a))
    }

    /// Whether there is no cycle.
    pub(crate) fn is_acyclic(&self) -> bool {
        self.plus().is_irreflexive()
    }

    /// Whether there is no pair.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|&row| row == 0)
    }
}

/// The events of a set.
fn members(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(first)
    })
}
