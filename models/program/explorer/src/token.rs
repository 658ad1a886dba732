//! A short name of one interleaving: which thread goes on, so many times, and then which.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use crate::found::Line;

/// An interleaving as its name says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// The threads that go on.
    pub(crate) schedule: Vec<usize>,
    /// What stands for the lines of the interpreter that were points, if any were.
    pub(crate) points: Option<u16>,
}

/// What stands for lines of the interpreter that are points.
pub(crate) fn points(added: &[String]) -> Option<u16> {
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    (!added.is_empty()).then(|| hasher.hash_one(added) as u16)
}

/// `0x2.1x4`: two operations of the first thread, then four of the second. All that could be shared are counted, so
/// that what is known to be shared does not matter. `~1f` behind it stands for lines of the interpreter that are points.
#[must_use]
pub(crate) fn of(lines: &[Line], added: &[String]) -> String {
    let runs = lines.chunk_by(|left, right| left.thread == right.thread);
    let run = |run: &[Line]| {
        let operations: usize = run.iter().map(|line| line.operations).sum();
        format!("{}x{operations}", run[0].thread)
    };
    let runs = runs.map(run).collect::<Vec<_>>().join(".");
    match points(added) {
        Some(points) => format!("{runs}~{points:x}"),
        None => runs,
    }
}

/// The longest interleaving that is believed.
const LONGEST: usize = 1 << 20;

/// Reads one.
///
/// # Errors
/// The part that means nothing.
pub(crate) fn parse(token: &str) -> Result<Token, String> {
    let (runs, points) = match token.split_once('~') {
        Some((runs, points)) => (runs, Some(points)),
        None => (token, None),
    };
    let unread = |part: &str| format!("`{part}` is no part of a token");
    let points = points
        .map(|points| u16::from_str_radix(points, 16).map_err(|_| unread(points)))
        .transpose()?;
    let mut schedule = Vec::new();
    for part in runs.split('.') {
        let run = part.split_once('x').and_then(|(thread, times)| {
            let (thread, times): (usize, usize) = (thread.parse().ok()?, times.parse().ok()?);
            let fits = thread < interleavings::MAX_THREADS && (1..=LONGEST).contains(&times);
            fits.then_some((thread, times))
        });
        let (thread, times) = run.ok_or_else(|| unread(part))?;
        if schedule.len() + times > LONGEST {
            return Err("the token is too long".to_owned());
        }
        schedule.extend(std::iter::repeat_n(thread, times));
    }
    Ok(Token { schedule, points })
}

#[cfg(test)]
mod tests {
    use super::{Token, of, parse};
    use crate::found::Line;

    #[test]
    fn a_token_is_read_as_it_was_written() {
        let line = |thread, operations| Line {
            thread,
            location: None,
            accesses: Vec::new(),
            timed_out: false,
            is_shared: true,
            operations,
        };
        let token = of(&[line(0, 2), line(1, 1), line(1, 1)], &[]);
        assert_eq!(token, "0x2.1x2");
        let (schedule, points) = (vec![0, 0, 1, 1], None);
        assert_eq!(parse(&token), Ok(Token { schedule, points }));
        let token = of(&[line(0, 2)], &["gc.rs:1".to_owned()]);
        assert!(parse(&token).is_ok_and(|token| token.points.is_some()));
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for token in [
            "",
            "x",
            "0",
            "0x",
            "0x0",
            "16x1",
            "0x1.",
            "0x9999999",
            "-1x2",
            "0x1~",
            "0x1~10000",
            "~1",
        ] {
            assert!(parse(token).is_err(), "{token}");
        }
    }
}
