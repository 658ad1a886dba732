//! The dict of an instance, made when it is first wanted: a [`Lazy`] field of the object.
//!
//! # Source           CPython Objects/dictobject.c `_PyObject_MaterializeManagedDict`, `_PyObject_SetManagedDict`,
//! `store_instance_attr_lock_held` (3.13.5).
//! Differences: no values in the object itself, so the order of a flag and a pointer (gh-112075, PR 114742) is no
//! question here.
//!
//! # Transitions      (x) any thread with a reference   (l) holding the object's lock   (b) and the dict's
//!   nothing -l: first wanted-> dict      dict -l: assigned to `__dict__`-> another dict, or nothing
//!   an attribute is stored -b-> in the dict that the object has while both locks are held
//!
//! # Invariants
//! 1. Two threads that want the first dict get the same one.              instance_create_vs_create
//! 2. An attribute is stored in the dict that the object has.             instance_setattr_vs_replace
//! 3. A dict that was replaced has a header until quiescence.             instance_read_vs_replace
//! 4. So has what it held when it died, and the blocks of a marked dict wait as well: an attribute is read without a
//!    reference to the dict.          instance_passing_read_vs_replace, instance_passing_read_vs_clear

use crate::objects::dict::{self, Dict};
use crate::objects::header::Header;
use crate::objects::hooks::Error;
use crate::objects::lazy::Lazy;
use crate::objects::life::decref;
use crate::objects::value::Value;
use crate::protocols::critical_section;
use crate::protocols::thread_state::ThreadState;
use crate::sync::{event, seeded};

/// The part of an object that says which dict it has.
const DICT: u64 = 2;

/// The word of an object that can have a dict.
#[must_use]
pub fn slot() -> Lazy {
    Lazy::new("instance dict")
}

/// The dict of an object, a new reference; made empty when there is none.
#[must_use]
pub fn get_or_create(ts: &ThreadState, object: &Header, slot: &Lazy) -> Value {
    event::writes_if(object, Some(DICT), || slot.peek().is_none());
    let made: Result<Value, std::convert::Infallible> = event::operation("instance.dict", || {
        slot.get_or_make(ts, object, || Ok(dict::new(ts)))
    });
    match made {
        Ok(dict) => dict,
        Err(never) => match never {},
    }
}

/// The dict of an object, a new reference, if it has one.
#[inline]
#[must_use]
pub fn get(ts: &ThreadState, object: &Header, slot: &Lazy) -> Option<Value> {
    slot.get(ts, object)
}

/// An attribute in the dict of an object, a new reference. Where the dict can be read without its lock no count is
/// written but the attribute's.
///
/// # Errors
/// What hashing or comparing the name raised.
#[inline]
pub fn get_attribute(
    ts: &ThreadState,
    object: &Header,
    slot: &Lazy,
    name: Value,
) -> Result<Option<Value>, Error> {
    event::call("instance.getattr", name, || {
        event::reads_if(object, Some(DICT), || slot.peek().is_none());
        let Some(dict) = slot.peek() else {
            return Ok(None);
        };
        let found = match dict.downcast::<Dict>() {
            Some(dict) => dict::get_in_passing(ts, dict, name)?,
            None => None,
        };
        match found {
            Some(found) => Ok(found),
            None => get_held(ts, object, slot, name),
        }
    })
}

/// The same with a reference to the dict.
#[cold]
fn get_held(
    ts: &ThreadState,
    object: &Header,
    slot: &Lazy,
    name: Value,
) -> Result<Option<Value>, Error> {
    let Some(dict) = get(ts, object, slot) else {
        return Ok(None);
    };
    let found = match dict.downcast::<Dict>() {
        Some(inside) => dict::get(ts, inside, name),
        None => Ok(None),
    };
    // SAFETY: the reference was given above.
    unsafe { decref(ts, dict) };
    found
}

/// Gives the object another dict, whose reference it takes over, or none.
pub fn replace(ts: &ThreadState, object: &Header, slot: &Lazy, dict: Option<Value>) {
    event::writes(object, Some(DICT));
    event::operation("instance.replace", || {
        slot.replace(ts, object, dict);
    });
}

/// Stores an attribute in the dict of an object; takes over both references, also when it fails.
///
/// # Errors
/// What hashing or comparing the name raised.
pub fn set_attribute(
    ts: &ThreadState,
    object: &Header,
    slot: &Lazy,
    name: Value,
    value: Value,
) -> Result<(), Error> {
    event::call("instance.setattr", (name, value), || {
        loop {
            let dict = get_or_create(ts, object, slot);
            let stored = store_if_held(ts, object, slot, dict, [name, value]);
            // SAFETY: the reference was given above.
            unsafe { decref(ts, dict) };
            if let Some(result) = stored {
                return result;
            }
        }
    })
}

/// Stores the attribute if the object still has the dict; `None` when it has another one.
fn store_if_held(
    ts: &ThreadState,
    object: &Header,
    slot: &Lazy,
    dict: Value,
    [name, value]: [Value; 2],
) -> Option<Result<(), Error>> {
    let inside: &Dict = dict.downcast()?;
    let lock = &dict.as_header()?.lock;
    // Both locks at once: a section inside of a section may open the outer one while it waits.
    critical_section::with_two(ts, &object.lock, lock, || {
        let held = slot.holds(dict) || seeded!("di9-dict-not-rechecked");
        held.then(|| dict::insert(ts, inside, name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects::rig::{drop_all, int, with_thread};
    use crate::objects::{list, new_ref, str};

    fn item(ts: &ThreadState, dict: &Value, key: i64) -> Option<Value> {
        dict::get(ts, dict.downcast().expect("a dict"), int(key)).expect("integers have hashes")
    }

    #[test]
    fn a_dict_is_made_when_it_is_wanted_and_can_be_replaced() {
        with_thread(|ts| {
            let (object, slot) = (list::new(ts, &[]), slot());
            let header = object.as_header().expect("an object");
            assert_eq!(get(ts, header, &slot), None);
            assert_eq!(set_attribute(ts, header, &slot, int(1), int(10)), Ok(()));
            let (one, two) = (get_or_create(ts, header, &slot), get(ts, header, &slot));
            assert_eq!(Some(one), two);
            assert_eq!(item(ts, &one, 1), Some(int(10)));
            let other = dict::new(ts);
            replace(ts, header, &slot, Some(new_ref(ts, other)));
            assert_eq!(set_attribute(ts, header, &slot, int(2), int(20)), Ok(()));
            assert_eq!(
                (item(ts, &one, 2), item(ts, &other, 2)),
                (None, Some(int(20)))
            );
            replace(ts, header, &slot, None);
            assert_eq!(get(ts, header, &slot), None);
            drop_all(ts, [object, one, other]);
            drop_all(ts, two);
        });
    }

    #[test]
    fn a_name_without_a_hash_is_given_back() {
        with_thread(|ts| {
            let (object, slot) = (list::new(ts, &[]), slot());
            let header = object.as_header().expect("an object");
            let (name, value) = (list::new(ts, &[]), str::new(ts, "value"));
            let refused = Err(Error::Unhashable("list"));
            assert_eq!(set_attribute(ts, header, &slot, name, value), refused);
            replace(ts, header, &slot, None);
            drop_all(ts, [object]);
        });
    }
}
