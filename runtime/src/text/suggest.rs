//! The closest of some names to one that is wrong.

/// Nobody is asked to choose among more names.
const MOST_NAMES: usize = 750;
/// Nor for names that are longer.
const LONGEST: usize = 40;
/// What it costs to insert, to delete, or to replace a character.
const MOVE: usize = 2;
/// What it costs to write one in the other case.
const CASE: usize = 1;

/// The name that is closest to a wrong one, unless all are far.
#[must_use]
pub fn closest(names: &[String], wrong: &str) -> Option<String> {
    let wrong: Vec<char> = wrong.chars().collect();
    if names.len() >= MOST_NAMES || wrong.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &String)> = None;
    for name in names {
        let letters: Vec<char> = name.chars().collect();
        if letters == wrong {
            continue;
        }
        let limit = (letters.len() + wrong.len() + 3) * MOVE / 6;
        let limit = best.map_or(limit, |(least, _)| limit.min(least - 1));
        let distance = distance(&wrong, &letters);
        if distance <= limit {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name.clone())
}

fn replacing(from: char, to: char) -> usize {
    if from == to {
        0
    } else if from.to_lowercase().eq(to.to_lowercase()) {
        CASE
    } else {
        MOVE
    }
}

/// What it costs to turn one word into another.
fn distance(from: &[char], to: &[char]) -> usize {
    if to.len() > LONGEST {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=to.len()).map(|count| count * MOVE).collect();
    for (done, &letter) in from.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (done + 1) * MOVE;
        for (place, &other) in to.iter().enumerate() {
            let replaced = diagonal + replacing(letter, other);
            diagonal = row[place + 1];
            row[place + 1] = replaced.min(row[place] + MOVE).min(diagonal + MOVE);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggest(names: &[&str], wrong: &str) -> Option<String> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        closest(&names, wrong)
    }

    #[test]
    fn the_closest_name_is_found_and_none_that_is_far() {
        let names = ["describe", "colour", "length"];
        assert_eq!(suggest(&names, "descrbe").as_deref(), Some("describe"));
        assert_eq!(suggest(&names, "lenght").as_deref(), Some("length"));
        assert_eq!(suggest(&names, "zzz"), None);
        assert_eq!(suggest(&["ABC", "abd"], "abc").as_deref(), Some("abd"));
    }
}
