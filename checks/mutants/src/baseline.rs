//! The scenarios without any mutant: what each costs, and which places it passes.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::pool;
use crate::worker::{Answer, Request, Task};
use crate::world::World;

/// A scenario that takes longer is of no use here but for the places that it passes first.
const BUDGET: u64 = 60_000;

/// Every scenario, the cheapest first.
#[derive(Debug, Serialize, Deserialize)]
pub struct Baseline {
    /// Which program was asked.
    program: u64,
    /// What the scenarios came to.
    pub scenarios: Vec<Answer>,
}

impl Baseline {
    /// Runs every scenario, or takes what was found for the same program before.
    ///
    /// # Errors
    /// When a scenario does not hold without a mutant.
    pub fn measure(world: &World, jobs: usize) -> Result<Self> {
        let program = hash(&world.program())?;
        let path = world.folder.join("baseline.json");
        if let Some(known) = read(&path).filter(|known| known.program == program) {
            return Ok(known);
        }
        let requests: Vec<Request> = world.scenarios()?.into_iter().map(request).collect();
        let answers = pool::run(&world.program(), jobs, &requests, &|_, _| {})?;
        let mut scenarios: Vec<Answer> = answers.into_iter().flatten().collect();
        let bad = scenarios
            .iter()
            .filter(|answer| !matches!(&*answer.outcome, "held" | "unknown"));
        let bad: String = bad.map(told).collect();
        if !bad.is_empty() {
            return Err(Error(format!("without any mutant:\n{bad}")));
        }
        scenarios.sort_by_key(|answer| answer.milliseconds);
        let baseline = Self { program, scenarios };
        let text = serde_json::to_string(&baseline).map_err(|error| Error(error.to_string()))?;
        fs::write(&path, text).map_err(|error| Error::file("write", &path, &error))?;
        Ok(baseline)
    }

    /// The scenarios that pass the place of a mutant, the cheapest first.
    pub fn passing(&self, mutant: usize) -> impl Iterator<Item = &Answer> {
        let passes = move |answer: &&Answer| answer.passed.binary_search(&mutant).is_ok();
        self.scenarios.iter().filter(passes)
    }
}

fn told(answer: &Answer) -> String {
    let Answer {
        scenario,
        outcome,
        detail,
        ..
    } = answer;
    format!("  {scenario}: {outcome}: {detail}\n")
}

fn request(name: String) -> Request {
    Request {
        mutant: None,
        scenarios: vec![Task {
            name,
            executions: u64::MAX,
            places: u64::MAX,
        }],
        milliseconds: BUDGET,
    }
}

fn read(path: &Path) -> Option<Baseline> {
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}

fn hash(path: &Path) -> Result<u64> {
    let bytes = fs::read(path).map_err(|error| Error::file("read", path, &error))?;
    let mut hasher = DefaultHasher::new();
    hasher.write(&bytes);
    Ok(hasher.finish())
}
