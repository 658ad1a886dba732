//! Which mutants a run is about.

use crate::cli::Arguments;
use crate::mutant::Mutant;

/// The numbers of the mutants that the command line asks for, of those in `all`.
#[must_use]
pub fn select(arguments: &Arguments, mutants: &[Mutant], all: &[usize]) -> Vec<usize> {
    let wanted = |number: &usize| is_wanted(arguments, &mutants[*number]);
    let mut chosen: Vec<usize> = all.iter().copied().filter(wanted).collect();
    if let Some(count) = arguments.sample {
        chosen = sample(chosen, count, &arguments.seed);
    }
    if let Some((part, parts)) = arguments.shard {
        // One of every so many, so that each part has its share of every file.
        chosen = chosen.into_iter().skip(part - 1).step_by(parts).collect();
    }
    chosen
}

fn is_wanted(arguments: &Arguments, mutant: &Mutant) -> bool {
    let filter = arguments.filter.as_deref().unwrap_or_default();
    let file = arguments.file.as_deref().unwrap_or_default();
    let operator = arguments.operator.as_deref();
    mutant.to_string().contains(filter)
        && mutant.file.contains(file)
        && operator.is_none_or(|name| name == mutant.operator.name())
}

/// So many of them, which the seed decides.
fn sample(mut all: Vec<usize>, count: usize, seed: &str) -> Vec<usize> {
    let mut state = seed.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut drawn = Vec::new();
    while drawn.len() < count && !all.is_empty() {
        state = next(state);
        let at = usize::try_from(state >> 33).unwrap_or_default() % all.len();
        drawn.push(all.swap_remove(at));
    }
    drawn.sort_unstable();
    drawn
}

fn next(state: u64) -> u64 {
    state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407)
}

#[cfg(test)]
mod tests {
    use super::sample;

    #[test]
    fn a_seed_draws_the_same_again() {
        let draw = |seed| sample((0..1000).collect(), 40, seed);
        assert_eq!(draw("a"), draw("a"));
        assert_ne!(draw("a"), draw("b"));
        assert_eq!(draw("a").len(), 40);
    }
}
