//! Pictures one after the other, as the reader wants them.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::console;
use crate::stop::Stop;

/// Clears a terminal, and goes to its first line.
const CLEAR: &str = "\x1b[2J\x1b[H";

/// What the reader wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Next,
    Back,
    /// From 1.
    Step(usize),
    End,
    Unknown,
}

fn wish(line: &str) -> Wish {
    match line.trim() {
        "" | "n" => Wish::Next,
        "b" => Wish::Back,
        "q" => Wish::End,
        word => word.parse().map_or(Wish::Unknown, Wish::Step),
    }
}

/// The picture that comes after this one; nothing at the end.
fn after(at: usize, count: usize, wish: Wish) -> Option<usize> {
    match wish {
        Wish::Next => Some(at + 1).filter(|next| *next < count),
        Wish::Back => Some(at.saturating_sub(1)),
        Wish::Step(step) => Some(step.clamp(1, count) - 1),
        Wish::End => None,
        Wish::Unknown => Some(at),
    }
}

/// Shows the pictures, the next one for each line that is read, until there is none or the input ends.
pub(crate) fn through(pictures: &[String]) -> Result<(), Stop> {
    let (input, is_terminal) = (io::stdin(), io::stdout().is_terminal());
    let mut lines = input.lock().lines();
    let mut at = (!pictures.is_empty()).then_some(0);
    while let Some(now) = at {
        let clear = if is_terminal { CLEAR } else { "" };
        console::print(&format!("{clear}{}\n", pictures[now]))?;
        if is_terminal {
            console::print("Enter: next, b: back, N: step N, q: end > ")?;
        }
        let line = lines.next().transpose();
        let line =
            line.map_err(|error| Stop::usage(format_args!("cannot read standard input: {error}")))?;
        let wish = line.as_deref().map_or(Wish::End, wish);
        if wish == Wish::Unknown {
            let _ = writeln!(io::stderr(), "raddle: an empty line, b, a number, or q");
        }
        at = after(now, pictures.len(), wish);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Wish, after, wish};

    #[test]
    fn a_line_says_where_to_go() {
        let wishes = ["", "n", "b", "q", " 7 ", "x"].map(wish);
        let expected = [
            Wish::Next,
            Wish::Next,
            Wish::Back,
            Wish::End,
            Wish::Step(7),
            Wish::Unknown,
        ];
        assert_eq!(wishes, expected);
    }

    #[test]
    fn nobody_goes_beyond_the_ends() {
        let goes = |at, wish| after(at, 3, wish);
        assert_eq!(goes(0, Wish::Back), Some(0));
        assert_eq!(goes(1, Wish::Next), Some(2));
        assert_eq!(goes(2, Wish::Next), None);
        assert_eq!(goes(2, Wish::Step(0)), Some(0));
        assert_eq!(goes(0, Wish::Step(9)), Some(2));
        assert_eq!(goes(1, Wish::Unknown), Some(1));
        assert_eq!(goes(0, Wish::End), None);
    }
}
