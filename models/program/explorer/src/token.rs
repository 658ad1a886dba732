//! A short name of one interleaving: which thread goes on, so many times, and then which.

use crate::found::Line;

/// `0x2.1x4`: two operations of the first thread, then four of the second. All that could be shared are counted, so
/// that what is known to be shared does not matter.
#[must_use]
pub(crate) fn of(lines: &[Line]) -> String {
    let runs = lines.chunk_by(|left, right| left.thread == right.thread);
    let run = |run: &[Line]| {
        let operations: usize = run.iter().map(|line| line.operations).sum();
        format!("{}x{operations}", run[0].thread)
    };
    runs.map(run).collect::<Vec<_>>().join(".")
}

/// The longest interleaving that is believed.
const LONGEST: usize = 1 << 20;

/// Reads one.
///
/// # Errors
/// The part that means nothing.
pub(crate) fn parse(token: &str) -> Result<Vec<usize>, String> {
    let mut schedule = Vec::new();
    for part in token.split('.') {
        let run = part.split_once('x').and_then(|(thread, times)| {
            let (thread, times): (usize, usize) = (thread.parse().ok()?, times.parse().ok()?);
            let fits = thread < interleavings::MAX_THREADS && (1..=LONGEST).contains(&times);
            fits.then_some((thread, times))
        });
        let (thread, times) = run.ok_or_else(|| format!("`{part}` is no part of a token"))?;
        if schedule.len() + times > LONGEST {
            return Err("the token is too long".to_owned());
        }
        schedule.extend(std::iter::repeat_n(thread, times));
    }
    Ok(schedule)
}

#[cfg(test)]
mod tests {
    use super::{of, parse};
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
        let token = of(&[line(0, 2), line(1, 1), line(1, 1)]);
        assert_eq!(token, "0x2.1x2");
        assert_eq!(parse(&token), Ok(vec![0, 0, 1, 1]));
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
        ] {
            assert!(parse(token).is_err(), "{token}");
        }
    }
}
