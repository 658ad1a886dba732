//! What the objects keep for one thread: the hooks, the seed of hashes, and the dead that wait to be taken apart.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ptr::NonNull;

use crate::objects::contended::Contended;
use crate::objects::header::{Header, Kind, Tag};
use crate::objects::hooks::Hooks;
use crate::protocols::thread_state::ThreadState;

/// The heads of the classes that the layouts here have in one interpreter, by tag.
#[derive(Debug)]
pub struct Classes(pub [NonNull<Kind>; Tag::FIRST_ABOVE as usize]);

/// Lets the calling thread make instances of an interpreter's classes.
///
/// # Safety
/// The classes outlive the thread's part and every object that is made with it.
pub unsafe fn use_classes(ts: &ThreadState, classes: NonNull<Classes>) {
    of(ts).classes.set(Some(classes));
}

/// The class whose instances new objects of a layout are; the layout's constant where there are no class objects.
#[inline]
pub(super) fn class_of(ts: &ThreadState, kind: &'static Kind) -> NonNull<Kind> {
    let Some(local) = ts.extension() else {
        return NonNull::from(kind);
    };
    // SAFETY: whoever set it answers for its type and for its life.
    match unsafe { local.cast::<Local>().as_ref() }.classes.get() {
        // SAFETY: the classes outlive the part, by the clause of `with_classes`.
        Some(classes) => unsafe { classes.as_ref() }.0[usize::from(kind.tag.0)],
        None => NonNull::from(kind),
    }
}

/// One thread's part of the objects; only the thread that runs the thread state uses it.
pub struct Local {
    hooks: NonNull<dyn Hooks>,
    seed: u64,
    classes: Cell<Option<NonNull<Classes>>>,
    dead: RefCell<Vec<NonNull<Header>>>,
    ending: Cell<bool>,
    pub(super) contended: Contended,
}

impl Local {
    /// The part of a thread whose Python code runs through `hooks`; `seed` is the same for all threads of an interpreter.
    ///
    /// # Safety
    /// `hooks` outlives this value.
    #[must_use]
    pub unsafe fn new(hooks: &dyn Hooks, seed: u64) -> Self {
        let hooks: NonNull<dyn Hooks + '_> = NonNull::from(hooks);
        Self {
            // SAFETY: only the lifetime changes, and the caller answers for that.
            hooks: unsafe {
                std::mem::transmute::<NonNull<dyn Hooks + '_>, NonNull<dyn Hooks>>(hooks)
            },
            seed,
            classes: Cell::new(None),
            dead: RefCell::new(Vec::new()),
            ending: Cell::new(false),
            contended: Contended::default(),
        }
    }

    /// Whether the caller is to end a dead object and then work the queue off, which nobody does yet.
    #[inline]
    pub(super) fn begin(&self) -> bool {
        !self.ending.replace(true)
    }

    /// Adds a dead object for whoever works the queue off.
    pub(super) fn bury(&self, object: NonNull<Header>) {
        self.dead.borrow_mut().push(object);
    }

    /// The next dead object; after the last one, somebody else may begin.
    pub(super) fn next_dead(&self) -> Option<NonNull<Header>> {
        let next = self.dead.borrow_mut().pop();
        self.ending.set(next.is_some());
        next
    }
}

impl fmt::Debug for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Local")
            .field("dead", &self.dead.borrow().len())
            .finish_non_exhaustive()
    }
}

/// The calling thread's part.
///
/// # Panics
/// When the thread state has none.
pub(super) fn of(ts: &ThreadState) -> &Local {
    let local = ts.extension().expect("the thread has a part for objects");
    // SAFETY: whoever set it answers for its type and for its life.
    unsafe { local.cast::<Local>().as_ref() }
}

/// The way to Python code.
pub fn hooks(ts: &ThreadState) -> &dyn Hooks {
    // SAFETY: the hooks outlive the part, by the clause of `Local::new`.
    unsafe { of(ts).hooks.as_ref() }
}

/// The key of the hashes of strings.
#[must_use]
pub fn seed(ts: &ThreadState) -> u64 {
    of(ts).seed
}
