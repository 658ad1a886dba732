//! Jobs: parts of the search that can be done by themselves, elsewhere or later.
//!
//! A job is a graph and the choices that are left at one step. The choices that lead to
//! its first one are its *key*. Keys order jobs as the sequential search would visit
//! them, and the parts of a search that was split up are intervals of that order; this
//! is what makes counts and the first failure independent of how it was split.

use serde::{Deserialize, Serialize};

use crate::request::Request;
use crate::restrict::SavedGraph;
use crate::search::{Choice, Frame, Level, Search};

/// A part of a search.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Job {
    path: Vec<u32>,
    /// The share of the whole search that its first step has, as bits, so that jobs can be compared.
    weight: u64,
    /// After how many choices it was first asked whether a loop waits in place (`chains`).
    asked: Option<usize>,
    /// After how many choices its subtree begins, if it is in one that parts divide (`part`).
    divided: Option<usize>,
    /// Nothing for the whole search.
    rest: Option<Rest>,
}

/// The step at which a job begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Rest {
    graph: SavedGraph,
    frame: Frame,
    choices: Vec<Choice>,
}

impl Job {
    /// The whole search.
    pub(crate) fn root() -> Job {
        Job {
            path: Vec::new(),
            weight: 1f64.to_bits(),
            asked: None,
            divided: None,
            rest: None,
        }
    }

    /// The share of the whole search that is left in it.
    pub(crate) fn share(&self) -> f64 {
        let left = self.rest.as_ref().map_or(1.0, |rest| {
            rest.choices.len() as f64 / rest.frame.choices() as f64
        });
        f64::from_bits(self.weight) * left
    }

    /// The place of the job's first graph in the order of the sequential search.
    pub(crate) fn key(&self) -> Vec<u32> {
        let number = self.rest.as_ref().map(|rest| rest.frame.number);
        self.path.iter().copied().chain(number).collect()
    }
}

impl Search {
    /// Takes over a job. False: there is nothing to run in it.
    pub(crate) fn begin(&mut self, job: &Job) -> bool {
        self.levels.truncate(1);
        self.path.clone_from(&job.path);
        self.weights.clear();
        self.weights
            .resize(job.path.len(), f64::from_bits(job.weight));
        self.unjudged.clear();
        self.chains.begin(job.asked);
        self.divided = job.divided;
        let level = self.top();
        level.frames.clear();
        level.choices.clear();
        level.graph.clear();
        let Some(rest) = &job.rest else { return true };
        level.graph.load(&rest.graph);
        level.choices.extend_from_slice(&rest.choices);
        level.frames.push(rest.frame.clone());
        self.backtrack()
    }

    /// Gives away what the sequential search would do last, if anything is left to do
    /// after the current graph.
    pub(crate) fn split(&mut self) -> Option<Job> {
        let lowest = self
            .levels
            .iter()
            .position(|level| !level.frames.is_empty())?;
        let frame = self.levels[lowest].frames.remove(0);
        Some(Job {
            path: self.path[..frame.depth].to_vec(),
            weight: self.weight(frame.depth).to_bits(),
            asked: self.chains.asked.filter(|&asked| asked <= frame.depth),
            divided: self.divided.filter(|&divided| divided <= frame.depth),
            rest: Some(self.levels[lowest].rest(frame)),
        })
    }
}

impl Level {
    fn rest(&self, frame: Frame) -> Rest {
        let choices = self.choices[frame.next..frame.end].to_vec();
        // Where the program asked is found out again by the next run.
        let request = Request {
            caller: None,
            name: "",
            ..frame.request
        };
        let frame = Frame {
            request,
            first: 0,
            next: 0,
            end: choices.len(),
            ..frame
        };
        Rest {
            graph: self.graph.save(frame.base),
            frame,
            choices,
        }
    }
}
