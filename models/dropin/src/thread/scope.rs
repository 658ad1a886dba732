//! Scopes: threads that may borrow from the one that has started them.

use std::marker::PhantomData;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{JoinHandle, Thread, start};

/// A scope, in which threads are started that end in it.
pub struct Scope<'scope, 'env: 'scope> {
    /// Threads that nobody has joined yet, as what joins them.
    open: Mutex<Vec<Arc<Slot>>>,
    marker: PhantomData<(&'scope mut &'scope (), &'env mut &'env ())>,
}

/// The standard library's lock: nobody has it while an operation of the model is under way.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The handle of one thread, until somebody joins it.
struct Slot(Mutex<Option<JoinHandle<()>>>);

impl Slot {
    #[track_caller]
    fn join(&self) {
        let handle = locked(&self.0).take();
        if let Some(handle) = handle {
            drop(handle.join());
        }
    }
}

/// A handle of a thread that ends in its scope.
pub struct ScopedJoinHandle<'scope, T> {
    slot: Arc<Slot>,
    thread: Thread,
    result: Arc<Mutex<Option<T>>>,
    marker: PhantomData<&'scope ()>,
}

/// Calls `f` with a scope, and waits for all threads that were started in it.
#[track_caller]
pub fn scope<'env, F, T>(f: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let scope = Scope {
        open: Mutex::default(),
        marker: PhantomData,
    };
    let result = f(&scope);
    loop {
        let next = locked(&scope.open).pop();
        let Some(slot) = next else { return result };
        slot.join();
    }
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread that may borrow what outlives the scope.
    #[track_caller]
    pub fn spawn<F, T>(&'scope self, body: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        let result = Arc::new(Mutex::new(None));
        let place = Arc::clone(&result);
        let body: Box<dyn FnOnce() + 'scope> = Box::new(move || {
            let value = body();
            *locked(&place) = Some(value);
        });
        // SAFETY: the thread ends before the scope does: `scope` joins what nobody has joined. If
        // the execution ends earlier, none of its threads runs again, and what they have is forgotten.
        let body: Box<dyn FnOnce() + 'static> = unsafe { mem::transmute(body) };
        let handle = start(body, None);
        let thread = handle.thread().clone();
        let slot = Arc::new(Slot(Mutex::new(Some(handle))));
        locked(&self.open).push(Arc::clone(&slot));
        ScopedJoinHandle {
            slot,
            thread,
            result,
            marker: PhantomData,
        }
    }
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits for the thread's end.
    ///
    /// # Errors
    /// None: a thread that panics ends the model.
    #[track_caller]
    pub fn join(self) -> std::thread::Result<T> {
        self.slot.join();
        let result = locked(&self.result).take();
        result.ok_or_else(|| Box::new("the execution is over") as Box<_>)
    }

    /// The thread.
    pub fn thread(&self) -> &Thread {
        &self.thread
    }
}
