//! Weak references: each leads to its referent until that dies, is cleared exactly once, and never keeps it alive.
//!
//! # Source           CPython Objects/weakrefobject.c (3.13.5), Python/gc_free_threading.c `clear_weakrefs`.
//! Differences: no striped locks chosen by address. The referent and its weak references share an anchor, a block with a
//! mutex of its own that outlives the referent; so a reference that finds its referent dying looks at the anchor only.
//!
//! # State
//!
//! ```text
//!   slot of a referent:  null -> anchor                     for the rest of its life
//!   anchor:              referent, first node, basic node, holders      under the anchor's mutex
//!   of a node:           fresh    not in a list yet; belongs to its maker
//!                        linked   in the list of its anchor; leads to the referent
//!                        cleared  in no list; leads nowhere
//!   holders = the referent while it lives + the nodes that were linked and are not given up
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (r) a holder of the referent   (w) a holder of the weak reference   (d) who found the referent dead   (e) who found the
//!   weak reference dead   (g) collector, world stopped
//!   slot: null -r-> anchor                                by compare-exchange
//!   fresh -r: link-> linked      linked -d,g-> cleared, with its callback given to who did it
//!   linked -e-> gone             cleared -e-> gone        upgrade -w-> a reference, if linked and the referent lives
//!   referent -d-> none           anchor -last holder-> freed
//! ```
//!
//! # Invariants
//! 1. The referent is counted through the anchor only under the mutex, and its block is freed only after the mutex was
//!    held to take it out of the anchor.                                        weakref_upgrade_vs_death
//! 2. A node's block is freed only after the mutex was held to unlink it.       weakref_drop_vs_death
//! 3. A node that is found in the list may be dying: who wants it asks.         weakref_reuse_vs_drop
//! 4. A node is cleared once, so its callback is given away once.               weakref_callback_runs_once
//! 5. A referent has one anchor.                                                weakref_create_vs_create
//!
//! # Orderings
//! | site                     | operation   | order   | pairs with               | carries                | if weakened     |
//! |--------------------------|-------------|---------|--------------------------|------------------------|-----------------|
//! | `weakref.anchor.publish` | CAS slot    | Release | `weakref.anchor.load`    | the anchor as made     | use before init |
//! | `weakref.anchor.load`    | load slot   | Acquire | `weakref.anchor.publish` | the same               | use before init |
//!
//! Who found the referent dead sees the slot without an order: whoever set it had a reference, and gave it back.
//!
//! # Field access     What is in the anchor, and the links of a node: under the mutex.
//!
//! # Progress         Blocking, for as long as a list is walked. Nothing parks for anybody else, allocates under the
//! mutex, or runs Python code: callbacks go to the caller.
//!
//! # Not covered      Equality and hashes of weak references; proxies.
//!
//! # Checks           The scenarios named above.

use std::alloc::Layout;
use std::ptr::{self, NonNull};

use super::mutex::Mutex;
use super::refcount::RefCount;
use super::thread_state::ThreadState;
use crate::sync::atomic::AtomicPtr;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::cell::Cell;
use crate::sync::heap::Kind;
use crate::sync::{event, seeded, site};

type Link = Option<NonNull<Node>>;

/// The word of an object that can have weak references.
#[derive(Debug)]
pub struct WeakSlot(AtomicPtr<Anchor>);

/// What a referent and its weak references share.
#[derive(Debug)]
pub struct Anchor(Mutex<Links>);

#[derive(Debug)]
struct Links {
    referent: Option<NonNull<RefCount>>,
    first: Link,
    /// The reference without a callback, which everybody who wants such a one shares.
    basic: Link,
    holders: usize,
}

// SAFETY: what the pointers lead to is shared by the rules of this protocol.
unsafe impl Send for Links {}

/// What a weak reference consists of for this protocol; it stays where it is.
#[derive(Debug)]
pub struct Node {
    anchor: NonNull<Anchor>,
    place: Cell<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    state: State,
    previous: Link,
    next: Link,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Fresh,
    Linked,
    Cleared,
}

impl Default for WeakSlot {
    fn default() -> Self {
        Self::new()
    }
}

impl WeakSlot {
    /// The word of an object without weak references.
    #[must_use]
    pub fn new() -> Self {
        Self(AtomicPtr::new("weak references", ptr::null_mut()))
    }

    /// Whether the object ever had a weak reference.
    #[must_use]
    pub fn is_used(&self) -> bool {
        // ORDERING: Relaxed; nothing is touched through it.
        !self.0.load(Relaxed).is_null()
    }

    fn anchor(&self) -> Option<NonNull<Anchor>> {
        // ORDERING: Acquire, with `weakref.anchor.publish`: the anchor as it was made.
        NonNull::new(self.0.load(site("weakref.anchor.load", Acquire)))
    }

    /// The anchor of a referent that the caller has a reference to; made when there is none yet.
    pub fn get_or_make(&self, ts: &ThreadState, referent: NonNull<RefCount>) -> NonNull<Anchor> {
        // SAFETY: the caller's reference.
        unsafe { referent.as_ref() }.set_maybe_weakref();
        self.anchor().unwrap_or_else(|| self.make(ts, referent))
    }

    #[cold]
    fn make(&self, ts: &ThreadState, referent: NonNull<RefCount>) -> NonNull<Anchor> {
        let block = ts
            .local()
            .alloc(Layout::new::<Anchor>(), Kind::Memory("anchor"));
        let new = block.cast::<Anchor>();
        // SAFETY: the block is new and has the layout.
        unsafe { new.write(Anchor::of(referent)) };
        // ORDERING: Release, with `weakref.anchor.load`: the anchor as it was made.
        let order = site("weakref.anchor.publish", Release);
        let won = self
            .0
            .compare_exchange(ptr::null_mut(), new.as_ptr(), order, Relaxed);
        if won.is_ok() {
            return new;
        }
        // SAFETY: nobody else has seen the block.
        unsafe { ts.local().free(block) };
        self.anchor().unwrap_or(new)
    }

    /// Clears every weak reference of a referent that lives on: the collector's, with the world stopped.
    ///
    /// `cleared` is called with the mutex held; the nodes that it gets may be dying.
    pub fn clear(&self, ts: &ThreadState, cleared: impl FnMut(NonNull<Node>)) {
        if let Some(anchor) = self.anchor() {
            // SAFETY: the referent holds the anchor.
            unsafe { anchor.as_ref() }.with(ts, |links| links.clear(cleared));
        }
    }

    /// Ends what the referent, which the caller found dead, has to do with its weak references; as [`Self::clear`].
    pub fn end(&self, ts: &ThreadState, cleared: impl FnMut(NonNull<Node>)) {
        // ORDERING: Relaxed; who set it had a reference, and the count carried this here.
        let Some(anchor) = NonNull::new(self.0.swap(ptr::null_mut(), Relaxed)) else {
            return;
        };
        // SAFETY: the referent holds the anchor until here.
        let shared = unsafe { anchor.as_ref() };
        let last = event::operation("weakref.end", || {
            shared.with(ts, |links| {
                links.referent = None;
                links.clear(cleared);
                links.let_go()
            })
        });
        if last {
            // SAFETY: there is no holder any more.
            unsafe { ts.local().free(anchor.cast()) };
        }
    }

    /// Shows every node of the list, with the mutex held; they may be dying.
    pub fn each(&self, ts: &ThreadState, mut see: impl FnMut(NonNull<Node>)) {
        if let Some(anchor) = self.anchor() {
            // SAFETY: the referent holds the anchor.
            unsafe { anchor.as_ref() }.with(ts, |links| {
                let mut next = links.first;
                while let Some(node) = next {
                    see(node);
                    next = Links::place(node).next;
                }
            });
        }
    }
}

impl Anchor {
    fn of(referent: NonNull<RefCount>) -> Self {
        Self(Mutex::new(
            "anchor",
            Links {
                referent: Some(referent),
                first: None,
                basic: None,
                holders: 1,
            },
        ))
    }

    fn with<R>(&self, ts: &ThreadState, body: impl FnOnce(&mut Links) -> R) -> R {
        self.0.with(&ts.runtime().parking.lot, body)
    }
}

impl Node {
    /// A node that is in no list; the caller has a reference to the anchor's referent.
    #[must_use]
    pub fn new(anchor: NonNull<Anchor>) -> Self {
        Self {
            anchor,
            place: Cell::new(
                "place",
                Place {
                    state: State::Fresh,
                    previous: None,
                    next: None,
                },
            ),
        }
    }

    /// Puts the node into the list. A `basic` node is not needed when there is one: `take` is asked for a reference to
    /// what that one belongs to, and if it gets one, this node stays fresh and the other one is the answer.
    ///
    /// # Safety
    /// The node stays where it is until [`Self::unlink`], and the caller has a reference to the referent.
    pub unsafe fn link(
        &self,
        ts: &ThreadState,
        basic: bool,
        take: impl Fn(NonNull<Node>) -> bool,
    ) -> Option<NonNull<Node>> {
        self.anchor().with(ts, |links| {
            if let Some(found) = links.basic.filter(|&found| basic && take(found)) {
                return Some(found);
            }
            let node = NonNull::from(self);
            links.push(node);
            if basic {
                links.basic = Some(node);
            }
            None
        })
    }

    /// The basic node, if `take` gets a reference to what it belongs to.
    ///
    /// # Safety
    /// The caller has a reference to the referent of the anchor.
    pub unsafe fn basic(
        ts: &ThreadState,
        anchor: NonNull<Anchor>,
        take: impl Fn(NonNull<Node>) -> bool,
    ) -> Option<NonNull<Node>> {
        // SAFETY: the referent, which the caller keeps alive, holds the anchor.
        let anchor = unsafe { anchor.as_ref() };
        if seeded!("wr2-head-without-lock") {
            let found = anchor.with(ts, |links| links.basic);
            return found.filter(|&found| take(found));
        }
        anchor.with(ts, |links| links.basic.filter(|&found| take(found)))
    }

    fn anchor(&self) -> &Anchor {
        // SAFETY: a linked or cleared node holds its anchor; that of a fresh one is held by the referent, which the
        // maker has a reference to.
        unsafe { self.anchor.as_ref() }
    }

    /// A reference to the referent, unless that is dead or the node was cleared.
    #[must_use = "the reference must be given back"]
    pub fn upgrade(&self, ts: &ThreadState) -> Option<NonNull<RefCount>> {
        event::call("weakref.upgrade", (), || {
            if seeded!("m3-upgrade-outside-the-lock") {
                let referent = self.anchor().with(ts, |links| self.referent(links))?;
                return counted(ts, referent);
            }
            self.anchor()
                .with(ts, |links| counted(ts, self.referent(links)?))
        })
    }

    fn referent(&self, links: &Links) -> Option<NonNull<RefCount>> {
        let linked = Links::place(NonNull::from(self)).state == State::Linked;
        links.referent.filter(|_| linked)
    }

    /// Runs `body` while nobody clears the node.
    pub fn with<R>(&self, ts: &ThreadState, body: impl FnOnce() -> R) -> R {
        self.anchor().with(ts, |_| body())
    }

    /// Ends what the node, whose weak reference the caller found dead, has to do with its anchor.
    pub fn unlink(&self, ts: &ThreadState) {
        let done = seeded!("wr3-state-tested-without-lock") && self.looks_cleared();
        let node = NonNull::from(self);
        let last = self.anchor().with(ts, |links| {
            let is_holder = Links::place(node).state != State::Fresh;
            if !done {
                links.remove(node);
            }
            is_holder && links.let_go()
        });
        if last {
            // SAFETY: there is no holder any more.
            unsafe { ts.local().free(self.anchor.cast()) };
        }
    }

    /// A fault's look at the state, without the mutex.
    fn looks_cleared(&self) -> bool {
        // SAFETY: none; the models report it.
        self.place
            .with(|place| unsafe { (*place).state == State::Cleared })
    }
}

fn counted(ts: &ThreadState, referent: NonNull<RefCount>) -> Option<NonNull<RefCount>> {
    // SAFETY: the mutex is held and the referent is in the anchor, so its block was not freed, by Invariant 1.
    let taken = unsafe { referent.as_ref() }.try_incref(ts);
    taken.is_taken().then_some(referent)
}

impl Links {
    fn place(node: NonNull<Node>) -> Place {
        // SAFETY: the mutex is held, so by Invariant 2 the node is there.
        unsafe { node.as_ref() }
            .place
            .with(|place| unsafe { *place })
    }

    fn change(node: NonNull<Node>, change: impl FnOnce(&mut Place)) {
        // SAFETY: as above.
        unsafe { node.as_ref() }
            .place
            .with_mut(|place| change(unsafe { &mut *place }));
    }

    /// Puts a node in front, so that the youngest callback runs first.
    fn push(&mut self, node: NonNull<Node>) {
        let next = self.first.replace(node);
        if let Some(next) = next {
            Self::change(next, |place| place.previous = Some(node));
        }
        Self::change(node, |place| {
            *place = Place {
                state: State::Linked,
                previous: None,
                next,
            }
        });
        self.holders += 1;
    }

    /// Takes a node out, if it is in.
    fn remove(&mut self, node: NonNull<Node>) {
        let place = Self::place(node);
        if place.state != State::Linked {
            return;
        }
        match place.previous {
            Some(previous) => Self::change(previous, |other| other.next = place.next),
            None => self.first = place.next,
        }
        if let Some(next) = place.next {
            Self::change(next, |other| other.previous = place.previous);
        }
        self.basic = self.basic.filter(|&basic| basic != node);
        Self::change(node, |place| place.state = State::Cleared);
    }

    fn clear(&mut self, mut cleared: impl FnMut(NonNull<Node>)) {
        while let Some(node) = self.first {
            self.remove(node);
            cleared(node);
        }
    }

    /// One holder less; says whether that was the last one.
    fn let_go(&mut self) -> bool {
        self.holders -= 1;
        self.holders == 0
    }
}
