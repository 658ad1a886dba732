//! What the compiler has refused before: while a file stays as it is, so do the mutants of it that do not compile.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::mutant::Mutant;
use crate::source::Source;
use crate::world::World;

const FILE: &str = "refused.json";

/// By file.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Refused(BTreeMap<String, Known>);

#[derive(Debug, Serialize, Deserialize)]
struct Known {
    /// Of the text, and of what is made of it.
    hash: u64,
    /// The refused mutants, counted within the file.
    refused: BTreeSet<usize>,
}

impl Refused {
    /// What is known of these sources.
    #[must_use]
    pub fn load(world: &World, sources: &[Source], mutants: &[Mutant]) -> BTreeSet<usize> {
        let text = fs::read_to_string(world.folder.join(FILE)).unwrap_or_default();
        let known: Self = serde_json::from_str(&text).unwrap_or_default();
        let mut all = BTreeSet::new();
        for source in sources {
            let own = of_file(source, mutants);
            let same = known.0.get(&source.path);
            let same = same.filter(|known| known.hash == hash(source, mutants, &own));
            let refused = same.into_iter().flat_map(|known| &known.refused);
            all.extend(refused.filter_map(|&at| own.get(at)));
        }
        all
    }

    /// Keeps what was found.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(
        world: &World,
        sources: &[Source],
        mutants: &[Mutant],
        all: &BTreeSet<usize>,
    ) -> Result<()> {
        let mut known = Self::default();
        for source in sources {
            let own = of_file(source, mutants);
            let refused = (0..own.len())
                .filter(|&at| all.contains(&own[at]))
                .collect();
            let hash = hash(source, mutants, &own);
            known.0.insert(source.path.clone(), Known { hash, refused });
        }
        let text = serde_json::to_string(&known).map_err(|error| Error(error.to_string()))?;
        let path = world.folder.join(FILE);
        fs::write(&path, text).map_err(|error| Error::file("write", &path, &error))
    }
}

/// The numbers of a file's mutants.
fn of_file(source: &Source, mutants: &[Mutant]) -> Vec<usize> {
    let all = mutants.iter().enumerate();
    all.filter(|(_, mutant)| mutant.file == source.path)
        .map(|(number, _)| number)
        .collect()
}

fn hash(source: &Source, mutants: &[Mutant], own: &[usize]) -> u64 {
    let mut hasher = DefaultHasher::new();
    source.text.hash(&mut hasher);
    for &number in own {
        let mutant = &mutants[number];
        (mutant.range.start, mutant.range.end, &mutant.text).hash(&mut hasher);
    }
    hasher.finish()
}
