//! Lazy statics: made anew in each execution, by the first thread that uses them.

use std::fmt;
use std::marker::PhantomData;
use std::ptr;

use graph_engine::{Block, Location, Mode, Op};

use crate::run::{self, Local};
use crate::thread::drop_box;

pub use crate::thread::AccessError;

/// A static, as [`lazy_static!`](crate::lazy_static!) declares it.
pub struct Lazy<T> {
    #[doc(hidden)]
    pub init: fn() -> T,
    #[doc(hidden)]
    pub _p: PhantomData<fn(T)>,
}

impl<T: 'static> Lazy<T> {
    /// The value, which lives as long as the execution's main thread.
    #[track_caller]
    pub fn get(&'static self) -> &'static T {
        run::require();
        let key = ptr::from_ref(self).addr();
        let Some((done, lock)) = state(key) else {
            run::learn(|known| {
                if !known.lazies.contains(&key) {
                    known.lazies.push(key);
                }
            });
            unreachable!("a thread that has taught something goes no further");
        };
        if done.at(0).load(Mode::Acquire) == 0 {
            lock.wait(Op::Lock, !0, 0, |_| 1);
            self.make(key, done);
            lock.swap(0, Mode::Release);
        }
        let value = run::with(|run| run.lazies.get(&key)?.value);
        let value = value.map_or(ptr::null_mut(), |local| local.value);
        assert!(
            !value.is_null(),
            "a lazy static was used after the end of the main thread"
        );
        // SAFETY: `make` has boxed it for this key, whose type it has. That it is not used after
        // the main thread has dropped it is checked: the engine compares each use with the end.
        unsafe { &*value.cast::<T>() }
    }

    /// Makes the value, unless somebody has done so. The caller has the lock.
    fn make(&'static self, key: usize, done: Block) {
        if done.at(0).load(Mode::Relaxed) == 1 {
            return;
        }
        let value = Box::into_raw(Box::new((self.init)())).cast();
        let local = Local {
            key,
            value,
            drop: drop_box::<T>,
        };
        run::with(|run| {
            if let Some(lazy) = run.lazies.get_mut(&key) {
                lazy.value = Some(local);
            }
        });
        done.at(0).store(1, Mode::Release);
    }
}

fn state(key: usize) -> Option<(Block, Location)> {
    run::with(|run| run.lazies.get(&key).map(|lazy| (lazy.done, lazy.lock)))
}

/// Drops all values, at the end of the main thread. Any use that does not happen before this is a
/// use after free.
pub(crate) fn end_lazies() {
    let all: Vec<(Block, Option<Local>)> = run::with(|run| {
        let lazies = run.lazies.values_mut();
        lazies.map(|lazy| (lazy.done, lazy.value.take())).collect()
    });
    for (done, _) in &all {
        done.free();
    }
    for local in all.into_iter().filter_map(|(_, value)| value) {
        // SAFETY: `make` has boxed it with its type's function, and nobody finds it any more.
        unsafe { (local.drop)(local.value) };
    }
}

impl<T> fmt::Debug for Lazy<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lazy").finish_non_exhaustive()
    }
}
