//! Equality and hashes of values, in Rust for built-in types and through the hooks for instances.

use std::cmp::Ordering;

use num_bigint::BigInt;

use crate::objects::dict::{self, Dict};
use crate::objects::float::Float;
use crate::objects::header::Tag;
use crate::objects::hooks::Error;
use crate::objects::int::{self, Int};
use crate::objects::life::decref;
use crate::objects::list::{self, List};
use crate::objects::local;
use crate::objects::number_hash;
use crate::objects::range::Range;
use crate::objects::set;
use crate::objects::str::{self, Str};
use crate::objects::tuple::Tuple;
use crate::objects::value::{Unpacked, Value};
use crate::protocols::thread_state::ThreadState;
use crate::sync;

/// How many containers deep a comparison or a hash may go.
const DEPTH: u32 = 500;

const HASH_OF_NONE: i64 = 0xfca8_6420;
const HASH_OF_NOT_IMPLEMENTED: i64 = 0x0e71_6d3f;
const HASH_OF_ELLIPSIS: i64 = 0x0c4b_55a1;

/// `left is right or left == right`: how containers look for items.
///
/// # Errors
/// What a comparison raised.
#[inline]
pub fn same(ts: &ThreadState, left: Value, right: Value) -> Result<bool, Error> {
    same_at(ts, left, right, DEPTH)
}

/// `left == right`.
///
/// # Errors
/// What a comparison raised.
pub fn equal(ts: &ThreadState, left: Value, right: Value) -> Result<bool, Error> {
    equal_at(ts, left, right, DEPTH)
}

/// `hash(value)`.
///
/// # Errors
/// Unhashable kinds of objects, and what Python code raised.
#[inline]
pub fn hash(ts: &ThreadState, value: Value) -> Result<i64, Error> {
    match value.as_small() {
        Some(small) => Ok(number_hash::of_i64(small)),
        None => hash_at(ts, value, DEPTH),
    }
}

/// Equality where it needs neither references nor Python code: both values may be dead, with blocks that wait.
#[inline]
pub(super) fn plainly_equal(left: Value, right: Value) -> Option<bool> {
    if left == right {
        return Some(true);
    }
    match (left.exact::<Str>(), right.exact::<Str>()) {
        (Some(left), Some(right)) => Some(left.as_bytes() == right.as_bytes()),
        (None, None) if left.as_small().is_some() && right.as_small().is_some() => Some(false),
        (None, Some(_)) if left.header().is_none() => Some(false),
        (Some(_), None) if right.header().is_none() => Some(false),
        _ => None,
    }
}

fn same_at(ts: &ThreadState, left: Value, right: Value, depth: u32) -> Result<bool, Error> {
    match plainly_equal(left, right) {
        Some(equal) => Ok(equal),
        None => equal_at(ts, left, right, depth),
    }
}

fn equal_at(ts: &ThreadState, left: Value, right: Value, depth: u32) -> Result<bool, Error> {
    if runs_code(&left) || runs_code(&right) {
        return local::hooks(ts).equal(ts, left, right);
    }
    if let Some(ordering) = compare_numbers(&left, &right) {
        return Ok(ordering == Some(Ordering::Equal));
    }
    match plainly_equal(left, right) {
        Some(equal) => Ok(equal),
        None => containers_equal(ts, left, right, depth),
    }
}

/// `left == right` by the layouts of the two, whatever their classes; what is in them is compared by its class.
///
/// # Errors
/// What a comparison raised.
pub fn equal_by_layout(ts: &ThreadState, left: Value, right: Value) -> Result<bool, Error> {
    if let Some(ordering) = compare_numbers(&left, &right) {
        return Ok(ordering == Some(Ordering::Equal));
    }
    match (left.downcast::<Str>(), right.downcast::<Str>()) {
        (Some(left), Some(right)) => Ok(left.as_bytes() == right.as_bytes()),
        _ if left == right => Ok(true),
        _ => containers_equal(ts, left, right, DEPTH),
    }
}

fn runs_code(value: &Value) -> bool {
    value.as_header().is_some_and(|header| header.runs_code())
}

/// The order of two numbers: `None` when one is no number, `Some(None)` when one is not-a-number.
#[must_use]
pub fn compare_numbers(left: &Value, right: &Value) -> Option<Option<Ordering>> {
    if let (Some(left), Some(right)) = (int::to_i64(left), int::to_i64(right)) {
        return Some(Some(left.cmp(&right)));
    }
    match (left.downcast::<Float>(), right.downcast::<Float>()) {
        (Some(left), Some(right)) => Some(left.get().partial_cmp(&right.get())),
        (Some(float), None) => Some(compare_float(float.get(), int::to_big(right)?.as_ref())),
        (None, Some(float)) => {
            let ordering = compare_float(float.get(), int::to_big(left)?.as_ref());
            Some(ordering.map(Ordering::reverse))
        }
        (None, None) => Some(Some(int::to_big(left)?.cmp(&int::to_big(right)?))),
    }
}

/// Exact: the integer is never rounded to a float.
fn compare_float(float: f64, int: &BigInt) -> Option<Ordering> {
    let floor = match number_hash::exact_integer(float.floor()) {
        Some(floor) => floor,
        None => return float.partial_cmp(&0.0),
    };
    let fraction = if float > float.floor() {
        Ordering::Greater
    } else {
        Ordering::Equal
    };
    Some(floor.cmp(int).then(fraction))
}

fn containers_equal(
    ts: &ThreadState,
    left: Value,
    right: Value,
    depth: u32,
) -> Result<bool, Error> {
    let depth = depth.checked_sub(1).ok_or(Error::TooDeep)?;
    if let (Some(left), Some(right)) = (left.downcast::<Tuple>(), right.downcast::<Tuple>()) {
        return rows_equal(ts, left.items(), right.items(), depth);
    }
    if let (Some(left), Some(right)) = (left.downcast::<List>(), right.downcast::<List>()) {
        return lists_equal(ts, left, right, depth);
    }
    if let (Some(left), Some(right)) = (left.downcast::<Dict>(), right.downcast::<Dict>()) {
        return dicts_equal(ts, left, right, depth);
    }
    if let (Some(left), Some(right)) = (set::of(&left), set::of(&right)) {
        return set::equal(ts, left, right);
    }
    if let (Some(left), Some(right)) = (left.downcast::<Range>(), right.downcast::<Range>()) {
        return ranges_equal(ts, left, right, depth);
    }
    Ok(false)
}

fn rows_equal(
    ts: &ThreadState,
    left: &[Value],
    right: &[Value],
    depth: u32,
) -> Result<bool, Error> {
    if left.len() != right.len() {
        return Ok(false);
    }
    for (&left, &right) in left.iter().zip(right) {
        if !same_at(ts, left, right, depth)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn lists_equal(ts: &ThreadState, left: &List, right: &List, depth: u32) -> Result<bool, Error> {
    let (left, right) = list::snapshots(ts, left, right);
    let result = rows_equal(ts, &left, &right, depth);
    for item in left.into_iter().chain(right) {
        // SAFETY: the snapshots hold new references.
        unsafe { decref(ts, item) };
    }
    result
}

fn dicts_equal(ts: &ThreadState, left: &Dict, right: &Dict, depth: u32) -> Result<bool, Error> {
    let Some(pairs) = dict::pairs(ts, left, right)? else {
        return Ok(false);
    };
    let mut result = Ok(true);
    for (left, right) in pairs {
        if result == Ok(true) {
            result = same_at(ts, left, right, depth);
        }
        // SAFETY: `pairs` gives new references.
        unsafe {
            decref(ts, left);
            decref(ts, right);
        }
    }
    result
}

/// Ranges are equal when they have the same numbers.
fn ranges_equal(ts: &ThreadState, left: &Range, right: &Range, depth: u32) -> Result<bool, Error> {
    let len = left.count();
    if len != right.count() {
        return Ok(false);
    }
    if len == BigInt::ZERO {
        return Ok(true);
    }
    if !same_at(ts, left.start(), right.start(), depth)? {
        return Ok(false);
    }
    if len == BigInt::from(1) {
        return Ok(true);
    }
    same_at(ts, left.step(), right.step(), depth)
}

fn hash_at(ts: &ThreadState, value: Value, depth: u32) -> Result<i64, Error> {
    match value.unpack() {
        Unpacked::Int(small) => Ok(number_hash::of_i64(small)),
        Unpacked::Bool(truth) => Ok(i64::from(truth)),
        Unpacked::None => Ok(HASH_OF_NONE),
        Unpacked::NotImplemented => Ok(HASH_OF_NOT_IMPLEMENTED),
        Unpacked::Ellipsis => Ok(HASH_OF_ELLIPSIS),
        Unpacked::Object(_) => hash_object(ts, value, depth),
    }
}

fn hash_object(ts: &ThreadState, value: Value, depth: u32) -> Result<i64, Error> {
    if runs_code(&value) {
        return local::hooks(ts).hash(ts, value);
    }
    hash_plain(ts, value, depth)
}

/// The hash of an object by its layout, whatever its class.
///
/// # Errors
/// As for [`hash`].
pub fn hash_by_layout(ts: &ThreadState, value: Value) -> Result<i64, Error> {
    match value.header() {
        Some(_) => hash_plain(ts, value, DEPTH),
        None => hash_at(ts, value, DEPTH),
    }
}

/// The hash of bytes: that of a string with the same bytes.
#[must_use]
pub fn hash_bytes(ts: &ThreadState, bytes: &[u8]) -> i64 {
    str::hash_bytes(local::seed(ts), bytes).max(1) as i64
}

fn hash_plain(ts: &ThreadState, value: Value, depth: u32) -> Result<i64, Error> {
    if let Some(text) = value.downcast::<Str>() {
        return Ok(text.hash(local::seed(ts)) as i64);
    }
    if let Some(int) = value.downcast::<Int>() {
        return Ok(number_hash::of_big(int.get()));
    }
    if let Some(float) = value.downcast::<Float>() {
        return Ok(number_hash::of_f64(float.get()).unwrap_or_else(|| hash_identity(value)));
    }
    if let Some(tuple) = value.downcast::<Tuple>() {
        return hash_row(
            ts,
            tuple.items(),
            depth.checked_sub(1).ok_or(Error::TooDeep)?,
        );
    }
    if let Some(range) = value.downcast::<Range>() {
        return hash_range(ts, range);
    }
    match value.as_header().map(|header| header.tag()) {
        Some(Tag::List) => Err(Error::Unhashable("list")),
        Some(Tag::Dict) => Err(Error::Unhashable("dict")),
        Some(Tag::Set) => Err(Error::Unhashable("set")),
        Some(Tag::FrozenSet) => Ok(set::of(&value).map_or(0, set::hash)),
        _ => Ok(hash_identity(value)),
    }
}

pub(super) fn hash_identity(value: Value) -> i64 {
    let identity = value
        .header()
        .map_or(0, |header| sync::identity(header.as_ptr()));
    identity.rotate_right(4) as i64
}

/// The hash of a row of values, by CPython's variant of xxHash.
fn hash_row(ts: &ThreadState, items: &[Value], depth: u32) -> Result<i64, Error> {
    let mut row = Row::new();
    for &item in items {
        row.add(hash_at(ts, item, depth)?);
    }
    Ok(row.end())
}

/// The same for every way to write a range: that of its count, its first number if there is one, and its step if there
/// is a second (`range_hash`).
fn hash_range(ts: &ThreadState, range: &Range) -> Result<i64, Error> {
    let (count, one) = (range.count(), BigInt::from(1));
    let mut row = Row::new();
    row.add(number_hash::of_big(&count));
    for (number, is_there) in [(range.start(), count >= one), (range.step(), count > one)] {
        row.add(match is_there {
            true => hash_at(ts, number, DEPTH)?,
            false => HASH_OF_NONE,
        });
    }
    Ok(row.end())
}

/// The hash of a row, as far as it is known.
struct Row {
    hash: u64,
    len: u64,
}

impl Row {
    const PRIME_1: u64 = 11_400_714_785_074_694_791;
    const PRIME_2: u64 = 14_029_467_366_897_019_727;
    const PRIME_5: u64 = 2_870_177_450_012_600_261;

    fn new() -> Self {
        Self {
            hash: Self::PRIME_5,
            len: 0,
        }
    }

    fn add(&mut self, lane: i64) {
        let lane = (lane as u64).wrapping_mul(Self::PRIME_2);
        let mixed = self.hash.wrapping_add(lane).rotate_left(31);
        self.hash = mixed.wrapping_mul(Self::PRIME_1);
        self.len += 1;
    }

    fn end(self) -> i64 {
        let len = self.len ^ Self::PRIME_5 ^ 3_527_539;
        self.hash.wrapping_add(len) as i64
    }
}
