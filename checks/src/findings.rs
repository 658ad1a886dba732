//! What the searches of one scenario found together, and what that comes to.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use reports::failure::{Failure, FailureKind, Replay};
use reports::plan::{Buffering, Coverage, Exploration, Graphs, Rest, Search, World};
use reports::run::{Row, Verdict};
use reports::scenario::Scenario;
use reports::trace::Trace;

use crate::job::Job;

/// What the searches of one scenario found together.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) searches: Vec<Search>,
    pub(crate) executions: u64,
    pub(crate) sampled: u64,
    pub(crate) coverage: Option<Coverage>,
    pub(crate) witnesses: BTreeMap<String, u64>,
    pub(crate) outcomes: BTreeSet<String>,
    pub(crate) failure: Option<Failure>,
    pub(crate) graphs: Option<Graphs>,
    pub(crate) rest: Option<Rest>,
    pub(crate) buffering: Option<Buffering>,
}

impl Findings {
    /// Adds what the next search came to.
    pub(crate) fn add(&mut self, search: &Search, exploration: Exploration) {
        self.searches.push(search.clone());
        self.executions += exploration.executions;
        for (witness, count) in exploration.witnesses {
            *self.witnesses.entry(witness.to_owned()).or_default() += count;
        }
        self.outcomes.extend(exploration.outcomes);
        self.failure = exploration.failure;
        self.graphs = exploration.graphs;
        self.rest = exploration.rest;
        self.buffering = exploration.buffering;
        self.coverage = Some(match exploration.coverage {
            Coverage::Sampled { executions } => {
                self.sampled += executions;
                Coverage::Sampled {
                    executions: self.sampled,
                }
            }
            other => other,
        });
    }

    /// Whether another search has nothing to add.
    pub(crate) fn is_settled(&self) -> bool {
        let enumerated = matches!(
            self.coverage,
            Some(Coverage::Exhaustive | Coverage::Bounded { .. })
        );
        self.failure.is_some() || enumerated
    }

    /// The row that a table shows.
    pub(crate) fn row(mut self, job: &Job, elapsed: Duration) -> Row {
        let scenario = &job.scenario;
        let missing = self.missing(scenario);
        let coverage = self.coverage.take().unwrap_or(Coverage::Inconclusive {
            reason: "nothing was run".to_owned(),
        });
        let verdict = verdict(job.world, self.failure.is_some(), &coverage, &missing);
        let coverage = match verdict {
            Verdict::Failed => Coverage::Failed,
            _ => coverage,
        };
        if verdict == Verdict::Vacuous {
            let claim = format!("sometimes: {}", missing.join(", "));
            let detail = format!("never reached in {} executions", self.executions);
            self.failure = self.failed(job, FailureKind::Vacuous, &claim, &detail);
        }
        Row {
            scenario: scenario.name.to_owned(),
            pillar: scenario.pillar,
            question: scenario.question.to_owned(),
            world: job.world,
            searches: self.searches,
            coverage,
            executions: self.executions,
            elapsed,
            verdict,
            witnesses: self.witnesses,
            missing,
            outcomes: self.outcomes,
            failure: self.failure,
            graphs: self.graphs,
            rest: self.rest,
            buffering: self.buffering,
        }
    }

    /// The witnesses that were never reached; a failure ends a search, and then this says nothing.
    fn missing(&self, scenario: &Scenario) -> Vec<String> {
        if self.failure.is_some() {
            return Vec::new();
        }
        let reached = |witness: &&&str| self.witnesses.contains_key(**witness);
        let witnesses = scenario.sometimes.iter();
        witnesses
            .filter(|witness| !reached(witness))
            .map(|witness| (*witness).to_owned())
            .collect()
    }

    /// A failure that no checker found.
    pub(crate) fn failed(
        &self,
        job: &Job,
        kind: FailureKind,
        claim: &str,
        detail: &str,
    ) -> Option<Failure> {
        Some(Failure {
            kind,
            claim: claim.to_owned(),
            detail: detail.to_owned(),
            trace: Trace::default(),
            replay: Replay {
                scenario: job.scenario.name.to_owned(),
                world: job.world,
                search: self.searches.last()?.clone(),
                execution: self.executions,
                fault: job.settings.fault.map(str::to_owned),
                weaken: job.settings.weaken.map(str::to_owned),
            },
            minimal: Vec::new(),
        })
    }
}

/// A witness that real threads did not happen to reach says nothing; one that a checker never reached says that the
/// scenario asks nothing.
fn verdict(world: World, failed: bool, coverage: &Coverage, missing: &[String]) -> Verdict {
    if failed {
        Verdict::Failed
    } else if matches!(
        coverage,
        Coverage::Inconclusive { .. } | Coverage::Part { .. }
    ) {
        Verdict::Inconclusive
    } else if !missing.is_empty() && world != World::Native {
        Verdict::Vacuous
    } else {
        Verdict::Held
    }
}
