//! What two sets are to each other, and the hash of a frozenset.

use super::combine::within;
use super::layout::Set;
use super::read;
use super::write;
use crate::objects::hooks::Error;
use crate::objects::lookup::Needle;
use crate::objects::shared::drop_all;
use crate::protocols::thread_state::ThreadState;
use crate::sync::seeded;

/// Whether `left` and `right` have the same keys.
///
/// # Errors
/// What a comparison raised.
pub fn equal(ts: &ThreadState, left: &Set, right: &Set) -> Result<bool, Error> {
    has_all(ts, left, right, |ours, theirs| ours == theirs)
}

/// Whether `right` has every key of `left`.
///
/// # Errors
/// What a comparison raised.
pub fn is_subset(ts: &ThreadState, left: &Set, right: &Set) -> Result<bool, Error> {
    has_all(ts, left, right, |ours, theirs| ours <= theirs)
}

/// Whether `right` has every key of `left` and one more.
///
/// # Errors
/// What a comparison raised.
pub fn is_proper_subset(ts: &ThreadState, left: &Set, right: &Set) -> Result<bool, Error> {
    has_all(ts, left, right, |ours, theirs| ours < theirs)
}

/// Whether the lengths fit and `right` has every key of `left`.
fn has_all(
    ts: &ThreadState,
    left: &Set,
    right: &Set,
    fits: impl Fn(usize, usize) -> bool,
) -> Result<bool, Error> {
    at_once(ts, left, right, || {
        let fits = fits(left.len(), right.len());
        Ok(fits && all(ts, left, |needle| read::contains(ts, right, needle))?)
    })
}

/// Asks at one moment of both sets; a frozenset is the same at any.
fn at_once(
    ts: &ThreadState,
    left: &Set,
    right: &Set,
    ask: impl FnOnce() -> Result<bool, Error>,
) -> Result<bool, Error> {
    let two = !seeded!("se5-subset-in-two-sections");
    match (left.is_frozen(), right.is_frozen()) {
        (false, false) if two => within(ts, left, Some(&right.header), ask),
        (true, false) if two => within(ts, right, None, ask),
        (false, true) if two => within(ts, left, None, ask),
        _ => ask(),
    }
}

/// Whether no key of `left` is in `right`.
///
/// # Errors
/// What a comparison raised.
pub fn is_disjoint(ts: &ThreadState, left: &Set, right: &Set) -> Result<bool, Error> {
    at_once(ts, left, right, || {
        all(ts, left, |needle| {
            read::contains(ts, right, needle).map(|found| !found)
        })
    })
}

/// Whether `test` says yes to every key that the set has now.
fn all(
    ts: &ThreadState,
    set: &Set,
    test: impl Fn(Needle) -> Result<bool, Error>,
) -> Result<bool, Error> {
    let keys = write::locked(ts, set, |writer| writer.snapshot()).keys;
    let mut needles = keys.iter().map(|&(_, hash, key)| Needle { key, hash });
    let failed = needles.find_map(|needle| match test(needle) {
        Ok(true) => None,
        other => Some(other),
    });
    // SAFETY: the snapshot holds new references.
    unsafe { drop_all(ts, keys.into_iter().map(|(_, _, key)| key)) };
    failed.unwrap_or(Ok(true))
}

/// The hash of a frozenset (`frozenset_hash_impl`): the same for every order of the keys, computed at most once per
/// thread that races for it.
#[must_use]
pub fn hash(set: &Set) -> i64 {
    set.cached_hash().unwrap_or_else(|| {
        let hash = compute_hash(set);
        set.cache_hash(hash);
        hash
    })
}

fn compute_hash(set: &Set) -> i64 {
    let keys = set.table_locked().into_iter();
    let mixed = keys
        .flat_map(|table| table.live(0))
        .fold(0, |mixed, (_, hash, _)| mixed ^ shuffle(hash));
    let counted = mixed ^ (set.len() as u64 + 1).wrapping_mul(1_927_868_237);
    let spread = counted ^ (counted >> 11) ^ (counted >> 25);
    let hash = spread.wrapping_mul(69_069).wrapping_add(907_133_923) as i64;
    if hash == -1 { 590_923_713 } else { hash }
}

fn shuffle(hash: u64) -> u64 {
    ((hash ^ 89_869_747) ^ (hash << 16)).wrapping_mul(3_644_798_167)
}
