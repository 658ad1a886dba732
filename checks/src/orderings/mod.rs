//! The ordering sites: every memory order in the shared source, and the scenario that fails when it is weakened.

mod claim;
mod dict;
mod instance;
mod list;
mod once;
mod refcount;
mod safepoint;
mod set;
mod version;
mod weakref;

/// One `site(name, order)` of the shared source.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    /// The name in `site`, as in `refcount.merge`.
    pub name: &'static str,
    /// The order that the code asks for: `Acquire`, `Release`, `AcqRel`, `SeqCst`.
    pub order: &'static str,
    /// The site or operation at the other end.
    pub pairs_with: &'static str,
    /// What the order carries, and what breaks without it.
    pub carries: &'static str,
    /// How the need for it is shown.
    pub shown: Shown,
}

/// How the need for an ordering is shown.
#[derive(Clone, Copy, Debug)]
pub enum Shown {
    /// Weakened alone to `Relaxed`, it makes this scenario fail.
    By(&'static str),
    /// No checker here can see it; the proof in words.
    Unseen(&'static str),
}

impl Shown {
    /// The scenario that fails.
    #[must_use]
    pub fn by(self) -> Option<&'static str> {
        match self {
            Shown::By(scenario) => Some(scenario),
            Shown::Unseen(_) => None,
        }
    }
}

/// Every site, by pillar.
pub fn all() -> impl Iterator<Item = &'static Site> {
    [
        refcount::ALL,
        dict::ALL,
        list::ALL,
        safepoint::ALL,
        set::ALL,
        weakref::ALL,
        version::ALL,
        claim::ALL,
        instance::ALL,
        once::ALL,
    ]
    .into_iter()
    .flatten()
}
