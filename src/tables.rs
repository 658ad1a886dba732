//! What the result of a check is called, and how a resumed check puts its rows into the result that it goes on from.

use std::time::Duration;

use checks::job::Job;
use checks::registry;
use checks::searches::Settings;
use reports::plan::Search;
use reports::run::{Row, Run};

use crate::failures;
use crate::files::{self, Files};

/// The result of a check: a name for its files, and a job for each of its rows.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) jobs: Vec<Job>,
    pub(crate) run: Run,
}

impl Table {
    /// The result of jobs that began here.
    pub(crate) fn of(jobs: Vec<Job>, run: Run) -> Self {
        let name = name("check", &jobs);
        Self { name, jobs, run }
    }

    /// The result of jobs that went on: the one in the folder, with these rows in place of the earlier ones.
    ///
    /// A result that they cannot be put into stays as it is, and they get a name of their own.
    pub(crate) fn resumed(files: &Files, jobs: Vec<Job>, run: Run) -> Self {
        let new = Self::of(jobs, run);
        let path = files.path(&format!("{}.json", new.name));
        match files::saved(&path) {
            Ok(text) => Run::from_json(&text)
                .ok()
                .and_then(|earlier| new.within(earlier))
                .unwrap_or_else(|| Self {
                    name: name("resumed", &new.jobs),
                    ..new
                }),
            Err(_) => new,
        }
    }

    /// Where the reports of its failures are: `failures-2of3` for `check-2of3`.
    pub(crate) fn folder(&self) -> String {
        self.name.replacen("check", "failures", 1)
    }

    fn within(&self, mut earlier: Run) -> Option<Self> {
        if earlier.origin != self.run.origin {
            return None;
        }
        for row in &self.run.rows {
            let same = |old: &&mut Row| (&old.scenario, old.world) == (&row.scenario, row.world);
            match earlier.rows.iter_mut().find(same) {
                Some(old) => *old = row.clone(),
                None => earlier.rows.push(row.clone()),
            }
        }
        earlier.elapsed = earlier.elapsed.saturating_add(self.run.elapsed);
        let settings = &self.jobs.first()?.settings;
        let jobs = earlier.rows.iter().map(|row| job(row, settings));
        Some(Self {
            name: self.name.clone(),
            jobs: jobs.collect::<Option<_>>()?,
            run: earlier,
        })
    }
}

/// The name with the part that all jobs are: `check-2of3`.
fn name(command: &str, jobs: &[Job]) -> String {
    let part = jobs.first().map(failures::part).unwrap_or_default();
    if jobs.iter().all(|job| failures::part(job) == part) {
        format!("{command}{part}")
    } else {
        format!("{command}-parts")
    }
}

/// The job that a row is of; none when this build does not have the scenario.
fn job(row: &Row, like: &Settings) -> Option<Job> {
    let shard = row.searches.iter().find_map(|search| match search {
        Search::Graph { shard, .. } => *shard,
        _ => None,
    });
    Some(Job {
        scenario: registry::named(row.world, &row.scenario)?,
        world: row.world,
        settings: Settings {
            shard,
            budget: Duration::ZERO,
            fault: like.fault,
            weaken: like.weaken,
            ..Settings::default()
        },
    })
}
