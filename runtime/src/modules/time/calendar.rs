//! Dates: days of the proleptic Gregorian calendar, and how they are written.

use std::fmt::Write;

use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, number};
use crate::eval::{Outcome, Raised};
use crate::objects::float::Float;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::sync::time::since_epoch;
use crate::types::{TypeId, struct_sequence};

use super::zone;

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Days before each month of a year that is no leap year.
const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAY: i64 = 86_400;
/// Far more than CPython accepts, and far less than overflows.
const MOST: f64 = 6.7e16;

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days from the first day of the year 1 to the first day of a year.
fn days_before(year: i64) -> i64 {
    let last = year - 1;
    last * 365 + last.div_euclid(4) - last.div_euclid(100) + last.div_euclid(400)
}

/// Year, month from 0, day from 1, day of the year from 0.
fn date(days_since_epoch: i64) -> (i64, usize, i64, i64) {
    let days = days_since_epoch + days_before(1970);
    // Never too large by more than one.
    let mut year = days.div_euclid(146_097) * 400 + days.rem_euclid(146_097) / 365 + 1;
    while days_before(year) > days {
        year -= 1;
    }
    let of_year = days - days_before(year);
    let leap = i64::from(is_leap(year));
    let start = |month: usize| BEFORE[month] + if month > 1 { leap } else { 0 };
    let month = (0..12).rev().find(|&month| start(month) <= of_year);
    let month = month.unwrap_or(0);
    (year, month, of_year - start(month) + 1, of_year)
}

#[cold]
pub(super) fn out_of_range(cx: &Cx) -> Raised {
    let message = "timestamp out of range for platform time_t";
    cx.error(TypeId::OverflowError, message)
}

/// Whole seconds since the Epoch: those given, or now.
pub(super) fn seconds_of(cx: &Cx, seconds: Option<Ref<'_>>) -> Outcome<i64> {
    let seconds = match seconds {
        None => since_epoch().as_secs() as i64,
        Some(given) => match given.downcast::<Float>().map(Float::get) {
            Some(float) if float.is_nan() => {
                return Err(cx.value_error("Invalid value NaN (not a number)"));
            }
            Some(float) if float.abs() < MOST => float.floor() as i64,
            Some(_) => return Err(out_of_range(cx)),
            None => number::index(cx, given)?,
        },
    };
    match (seconds as f64).abs() < MOST {
        true => Ok(seconds),
        false => Err(out_of_range(cx)),
    }
}

/// A time tuple of nine numbers.
pub(super) fn made(cx: &Cx, numbers: [i64; 9]) -> Owned {
    let numbers = numbers.map(|number| cx.int(number));
    struct_sequence::make(cx, TypeId::StructTime, numbers.into())
}

pub(super) fn gmtime(cx: &Cx, seconds: Option<Ref<'_>>) -> Outcome {
    let seconds = seconds_of(cx, seconds)?;
    let (days, rest) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (year, month, day, of_year) = date(days);
    let weekday = (days + 3).rem_euclid(7);
    let parts = [
        year,
        month as i64 + 1,
        day,
        rest / 3600,
        rest / 60 % 60,
        rest % 60,
        weekday,
        of_year + 1,
        0,
    ];
    Ok(made(cx, parts))
}

/// The nine numbers of a time tuple.
pub(super) fn numbers(cx: &Cx, function: &str, tuple: Ref<'_>) -> Outcome<[i64; 9]> {
    let items = match cx.is_instance(tuple, TypeId::Tuple) {
        true => iterate::collect(cx, tuple)?,
        false => return Err(cx.type_error("Tuple or struct_time argument required")),
    };
    let mut numbers = [0; 9];
    if items.len() != numbers.len() {
        return Err(cx.type_error(format!("{function}(): illegal time tuple argument")));
    }
    for (number, item) in numbers.iter_mut().zip(&items) {
        *number = self::number::index(cx, item.borrow())?;
    }
    Ok(numbers)
}

/// The nine numbers of a time tuple, each in its range.
pub(super) fn parts(cx: &Cx, function: &str, tuple: Ref<'_>) -> Outcome<[i64; 9]> {
    let mut numbers = numbers(cx, function, tuple)?;
    const RANGES: [(&str, i64, i64); 7] = [
        ("month", 0, 12),
        ("day of month", 0, 31),
        ("hour", 0, 23),
        ("minute", 0, 59),
        ("seconds", 0, 61),
        ("day of week", -1, 6),
        ("day of year", 0, 366),
    ];
    for ((name, low, high), number) in RANGES.iter().zip(&numbers[1..]) {
        if number < low || number > high {
            return Err(cx.value_error(format!("{name} out of range")));
        }
    }
    // Zero stands for the first month, day, and day of the year; the week may begin with -1.
    for index in [1, 2, 7] {
        numbers[index] = numbers[index].max(1);
    }
    numbers[6] = numbers[6].rem_euclid(7);
    Ok(numbers)
}

fn day_name(parts: &[i64; 9]) -> &'static str {
    DAYS[parts[6] as usize]
}

fn month_name(parts: &[i64; 9]) -> &'static str {
    MONTHS[parts[1] as usize - 1]
}

/// As `asctime` shows it.
pub(super) fn shown(parts: &[i64; 9]) -> String {
    let [year, _, day, hour, minute, second, ..] = *parts;
    format!(
        "{} {} {day:2} {hour:02}:{minute:02}:{second:02} {year}",
        &day_name(parts)[..3],
        &month_name(parts)[..3]
    )
}

/// The numbers of a tuple, or of now.
fn parts_or_now(cx: &Cx, function: &str, tuple: Option<Ref<'_>>) -> Outcome<[i64; 9]> {
    match tuple {
        Some(tuple) => parts(cx, function, tuple),
        None => parts(cx, function, zone::now(cx)?.borrow()),
    }
}

pub(super) fn asctime(cx: &Cx, tuple: Option<Ref<'_>>) -> Outcome<String> {
    Ok(shown(&parts_or_now(cx, "asctime", tuple)?))
}

pub(super) fn strftime(cx: &Cx, format: &Str, tuple: Option<Ref<'_>>) -> Outcome<Owned> {
    let parts = parts_or_now(cx, "strftime", tuple)?;
    let mut out = String::new();
    let mut letters = format.as_str().chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '%') {
            (_, true) => match letters.next() {
                Some(directive) => write_one(&mut out, directive, &parts),
                None => out.push('%'),
            },
            (letter, false) => out.push(letter),
        }
    }
    Ok(cx.str(&out))
}

/// What one directive stands for, in the C locale.
fn write_one(out: &mut String, directive: char, parts: &[i64; 9]) {
    let [year, month, day, hour, minute, second, weekday, of_year, _] = *parts;
    let sunday_first = (weekday + 1) % 7;
    let half = if hour < 12 { "AM" } else { "PM" };
    let twelve = (hour + 11) % 12 + 1;
    let text = match directive {
        'Y' => year.to_string(),
        'y' => format!("{:02}", year.rem_euclid(100)),
        'C' => format!("{:02}", year.div_euclid(100)),
        'm' => format!("{month:02}"),
        'd' => format!("{day:02}"),
        'e' => format!("{day:2}"),
        'H' => format!("{hour:02}"),
        'I' => format!("{twelve:02}"),
        'M' => format!("{minute:02}"),
        'S' => format!("{second:02}"),
        'p' => half.to_owned(),
        'j' => format!("{of_year:03}"),
        'w' => sunday_first.to_string(),
        'u' => (weekday + 1).to_string(),
        'U' => format!("{:02}", (of_year + 6 - sunday_first) / 7),
        'W' => format!("{:02}", (of_year + 6 - weekday) / 7),
        'a' => day_name(parts)[..3].to_owned(),
        'A' => day_name(parts).to_owned(),
        'b' | 'h' => month_name(parts)[..3].to_owned(),
        'B' => month_name(parts).to_owned(),
        'D' | 'x' => format!("{month:02}/{day:02}/{:02}", year.rem_euclid(100)),
        'F' => format!("{year}-{month:02}-{day:02}"),
        'T' | 'X' => format!("{hour:02}:{minute:02}:{second:02}"),
        'R' => format!("{hour:02}:{minute:02}"),
        'r' => format!("{twelve:02}:{minute:02}:{second:02} {half}"),
        'c' => shown(parts),
        'Z' => zone::at(parts).0,
        'z' => offset(zone::at(parts).1),
        's' => zone::seconds(parts).to_string(),
        'G' => iso_week(parts).0.to_string(),
        'g' => format!("{:02}", iso_week(parts).0.rem_euclid(100)),
        'V' => format!("{:02}", iso_week(parts).1),
        'n' => "\n".to_owned(),
        't' => "\t".to_owned(),
        '%' => "%".to_owned(),
        // As the C library has it.
        other => format!("%{other}"),
    };
    // Writing to a string cannot fail.
    let _ = out.write_str(&text);
}

/// Seconds east of UTC, as hours and minutes.
fn offset(seconds: i64) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

/// Year and week of ISO 8601: the week of a day is in the year of its Thursday.
fn iso_week(parts: &[i64; 9]) -> (i64, i64) {
    let (year, weekday, of_year) = (parts[0], parts[6], parts[7]);
    let thursday = of_year - weekday + 3;
    let length = |year| 365 + i64::from(is_leap(year));
    let (year, day) = match thursday {
        ..1 => (year - 1, thursday + length(year - 1)),
        day if day > length(year) => (year + 1, day - length(year)),
        day => (year, day),
    };
    (year, (day - 1) / 7 + 1)
}
