//! Local time, as the system's tables have it.

use std::ffi::CStr;
use std::mem::MaybeUninit;

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};
use crate::sync::time::since_epoch;
use crate::types::TypeId;

use super::calendar::{self, parts, seconds_of};

/// A date in local time, as the C library has it; nothing when it does not fit.
fn local(seconds: i64) -> Option<libc::tm> {
    let mut made = MaybeUninit::<libc::tm>::uninit();
    // SAFETY: both pointers are to places of their types; the function fills the second one unless it answers null.
    unsafe {
        match libc::localtime_r(&raw const seconds, made.as_mut_ptr()).is_null() {
            true => None,
            false => Some(made.assume_init()),
        }
    }
}

/// The name of the zone at a date.
pub(super) fn name_of(time: &libc::tm) -> String {
    match time.tm_zone.is_null() {
        true => String::new(),
        // SAFETY: the C library points to a name of its own, which it keeps.
        false => unsafe { CStr::from_ptr(time.tm_zone) }
            .to_string_lossy()
            .into_owned(),
    }
}

pub(super) fn localtime(cx: &Cx, seconds: Option<Ref<'_>>) -> Outcome {
    let seconds = seconds_of(cx, seconds)?;
    let Some(time) = local(seconds) else {
        return Err(calendar::out_of_range(cx));
    };
    let parts = [
        time.tm_year + 1900,
        time.tm_mon + 1,
        time.tm_mday,
        time.tm_hour,
        time.tm_min,
        time.tm_sec,
        (time.tm_wday + 6) % 7,
        time.tm_yday + 1,
        time.tm_isdst,
    ];
    Ok(calendar::made(cx, parts.map(i64::from)))
}

/// The nine numbers of now.
pub(super) fn now(cx: &Cx) -> Outcome {
    localtime(cx, None)
}

/// What the C library makes of the nine numbers: seconds, and the numbers set right.
fn normal(numbers: &[i64; 9]) -> Option<(i64, libc::tm)> {
    let number = |index: usize| i32::try_from(numbers[index]).ok();
    // SAFETY: all zeros is a valid value: numbers, and a null pointer for the name.
    let mut time: libc::tm = unsafe { MaybeUninit::zeroed().assume_init() };
    time.tm_year = number(0)?.checked_sub(1900)?;
    time.tm_mon = number(1)? - 1;
    time.tm_mday = number(2)?;
    time.tm_hour = number(3)?;
    time.tm_min = number(4)?;
    time.tm_sec = number(5)?;
    time.tm_isdst = number(8)?.signum();
    // A week day that the function does not set says that it failed.
    time.tm_wday = -1;
    // SAFETY: the pointer is to a value of the type, which the function reads and sets right.
    let seconds = unsafe { libc::mktime(&raw mut time) };
    (time.tm_wday >= 0).then_some((seconds, time))
}

pub(super) fn mktime(cx: &Cx, tuple: Ref<'_>) -> Outcome<f64> {
    let numbers = calendar::numbers(cx, "mktime", tuple)?;
    match normal(&numbers) {
        Some((seconds, _)) => Ok(seconds as f64),
        None => Err(cx.error(TypeId::OverflowError, "mktime argument out of range")),
    }
}

/// The zone's name and offset at a date that is given by its numbers.
pub(super) fn at(numbers: &[i64; 9]) -> (String, i64) {
    match normal(numbers) {
        Some((_, time)) => (name_of(&time), time.tm_gmtoff),
        None => ("UTC".to_owned(), 0),
    }
}

/// Seconds since the Epoch of a date in local time.
pub(super) fn seconds(numbers: &[i64; 9]) -> i64 {
    normal(numbers).map_or(-1, |(seconds, _)| seconds)
}

pub(super) fn ctime(cx: &Cx, seconds: Option<Ref<'_>>) -> Outcome<String> {
    let time = localtime(cx, seconds)?;
    Ok(calendar::shown(&parts(cx, "ctime", time.borrow())?))
}

/// Name and offset of the zone in the winter and in the summer of this year; summer is when the clock is ahead.
fn seasons() -> [(String, i64); 2] {
    const HALF_A_YEAR: i64 = 182 * 86_400;
    let now = since_epoch().as_secs() as i64;
    let of = |seconds| {
        local(seconds).map_or(("UTC".to_owned(), 0), |time| {
            (name_of(&time), time.tm_gmtoff)
        })
    };
    let year = now - now.rem_euclid(2 * HALF_A_YEAR);
    let (first, second) = (of(year), of(year + HALF_A_YEAR));
    match first.1 <= second.1 {
        true => [first, second],
        false => [second, first],
    }
}

/// Seconds west of UTC, without summer time.
pub(super) fn timezone(cx: &Cx) -> Owned {
    cx.int(-seasons()[0].1)
}

/// Seconds west of UTC, in summer time.
pub(super) fn altzone(cx: &Cx) -> Owned {
    cx.int(-seasons()[1].1)
}

/// Whether there is summer time.
pub(super) fn daylight(cx: &Cx) -> Owned {
    let [winter, summer] = seasons();
    cx.int(i64::from(winter.1 != summer.1))
}

/// The names of the zone.
pub(super) fn tzname(cx: &Cx) -> Owned {
    cx.tuple(seasons().map(|(name, _)| cx.str(&name)).into())
}

/// Reads the name of the zone from the environment, which programs here cannot change.
pub(super) fn tzset(_cx: &Cx) {
    let _ = local(0);
}
