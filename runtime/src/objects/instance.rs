//! The dict of an instance, made when it is first wanted: a [`Lazy`] field of the object.
//!
//! # Source           CPython Objects/dictobject.c `_PyObject_MaterializeManagedDict`, `_PyObject_SetManagedDict`,
//! `store_instance_attr_lock_held` (3.13.5).
//! Differences: no values in the object itself, so the order of a flag and a pointer (gh-112075, PR 114742) is no
//! question here.
//!
//! # Transitions      (l) holding the object's lock   (d) holding the dict's   (b) holding both
//!   nothing -l: first wanted, or stored in-> dict      dict -b: assigned to `__dict__`-> another dict, or nothing
//!   an attribute is stored -d-> in the dict that the object has while the dict's lock is held
//!
//! # Invariants
//! 1. Two threads that want the first dict get the same one.              instance_create_vs_create
//! 2. An attribute is stored in the dict that the object has.             instance_setattr_vs_replace,
//!    instance_first_attributes
//! 3. A dict that was replaced has a header until quiescence.             instance_read_vs_replace
//! 4. So has what it held when it died, and the blocks of a marked dict wait as well: an attribute is read without a
//!    reference to the dict.          instance_passing_read_vs_replace, instance_passing_read_vs_clear

use crate::objects::dict::{self, Dict};
use crate::objects::header::Header;
use crate::objects::hooks::Error;
use crate::objects::lazy::Lazy;
use crate::objects::life::{decref, new_ref};
use crate::objects::lookup::Needle;
use crate::objects::shared::drop_all;
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

/// The calling thread is about to use the dict of an object, and to make it when there is none.
#[inline]
fn makes(object: &Header, slot: &Lazy) {
    event::writes_if(object, Some(DICT), || slot.peek().is_none());
    event::reads_if(object, Some(DICT), || slot.peek().is_some());
}

/// The dict of an object, a new reference; made empty when there is none.
#[must_use]
pub fn get_or_create(ts: &ThreadState, object: &Header, slot: &Lazy) -> Value {
    makes(object, slot);
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
    event::reads(object, Some(DICT));
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
        event::reads(object, Some(DICT));
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
        loop {
            let old = get(ts, object, slot);
            let replaced = replace_if_held(ts, object, slot, [old, dict]);
            let given_back = [old, old.filter(|_| replaced)];
            for old in given_back.into_iter().flatten() {
                // SAFETY: one reference was given above, the other was the object's.
                unsafe { decref(ts, old) };
            }
            if replaced {
                return;
            }
        }
    });
}

/// Puts another dict in the place of the old one, unless there is none or another one by now: with the lock of the old
/// one, under which attributes are stored in it.
fn replace_if_held(
    ts: &ThreadState,
    object: &Header,
    slot: &Lazy,
    [old, dict]: [Option<Value>; 2],
) -> bool {
    let exchange = || slot.exchange(old, dict);
    let header = old.as_ref().and_then(Value::as_header);
    match header.filter(|_| !seeded!("di9-dict-not-locked")) {
        Some(old) => critical_section::with_two(ts, &object.lock, &old.lock, exchange),
        None => critical_section::with(ts, &object.lock, exchange),
    }
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
        let needle = match Needle::new(ts, name) {
            Ok(needle) => needle,
            Err(error) => {
                // SAFETY: the caller's references, which nothing has taken.
                unsafe { drop_all(ts, [name, value]) };
                return Err(error);
            }
        };
        if let Some(given_back) = store_in_passing(ts, object, slot, (needle, value)) {
            if let Some([name, old]) = given_back {
                // SAFETY: the dict did not take the one, and gave the other up.
                unsafe {
                    decref(ts, name);
                    decref(ts, old);
                }
            }
            return Ok(());
        }
        loop {
            let dict = get_or_create(ts, object, slot);
            let stored = store_if_held(ts, slot, dict, [name, value]);
            // SAFETY: the reference was given above.
            unsafe { decref(ts, dict) };
            if let Some(result) = stored {
                return result;
            }
        }
    })
}

/// Stores the attribute without a reference to the dict, or in a new one; gives what is to be given back. Nothing when
/// that needs a reference.
#[inline]
fn store_in_passing(
    ts: &ThreadState,
    object: &Header,
    slot: &Lazy,
    attribute: (Needle, Value),
) -> Option<Option<[Value; 2]>> {
    makes(object, slot);
    match slot.peek() {
        // With these two faults nothing would keep the dict.
        Some(_) if seeded!("di9-dict-not-rechecked") => None,
        Some(_) if seeded!("di9-dict-not-locked") => None,
        Some(dict) => {
            let held = || slot.holds(dict);
            dict::put_in_passing(ts, dict.downcast()?, attribute, held)
        }
        None => store_first(ts, object, slot, attribute).then_some(None),
    }
}

/// Gives an object without a dict one that has the attribute; nothing happens when another thread was first.
fn store_first(
    ts: &ThreadState,
    object: &Header,
    slot: &Lazy,
    (needle, value): (Needle, Value),
) -> bool {
    let made = dict::with_entry(ts, needle, value);
    let unseen = seeded!("di4-first-without-recheck");
    let kept = critical_section::brief(ts, &object.lock, || {
        slot.exchange(None, Some(made)) || unseen && slot.exchange(slot.peek(), Some(made))
    });
    if !kept {
        // The caller's references were the dict's for a while.
        let _ = (new_ref(ts, needle.key), new_ref(ts, value));
        // SAFETY: nobody else knows the dict.
        unsafe { decref(ts, made) };
    }
    kept
}

/// Stores the attribute if the object still has the dict; `None` when it has another one.
fn store_if_held(
    ts: &ThreadState,
    slot: &Lazy,
    dict: Value,
    [name, value]: [Value; 2],
) -> Option<Result<(), Error>> {
    let inside: &Dict = dict.downcast()?;
    let lock = &dict.as_header()?.lock;
    critical_section::with(ts, lock, || {
        let held = slot.holds(dict) || seeded!("di9-dict-not-rechecked");
        held.then(|| dict::insert(ts, inside, name, value))
    })
}

/// Deletes an attribute from the dict of an object; says whether it was there.
///
/// # Errors
/// What hashing or comparing the name raised.
pub fn delete_attribute(
    ts: &ThreadState,
    object: &Header,
    slot: &Lazy,
    name: Value,
) -> Result<bool, Error> {
    event::call("instance.delattr", name, || {
        let Some(dict) = get(ts, object, slot) else {
            return Ok(false);
        };
        let inside: Option<&Dict> = dict.downcast();
        let deleted = inside.map_or(Ok(false), |inside| dict::delete(ts, inside, name));
        // SAFETY: the reference was given above.
        unsafe { decref(ts, dict) };
        deleted
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
