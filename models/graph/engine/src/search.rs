//! The search: a tree of choices over graphs, walked depth first.
//!
//! A *frame* is a step at which several choices were possible: the length of the graph
//! before it, the request, and the choices that are left. A *level* is a graph with its
//! frames. A revisit deletes events from the middle of a graph, so it works on a copy: a
//! new level, dropped when its last frame is used up. Frames and levels are the whole
//! memory of the search.

use serde::{Deserialize, Serialize};

use crate::chains::Chains;
use crate::config::{Config, Mutation};
use crate::event::{Event, EventId, Mode, Outcome, Role, ThreadId};
use crate::graph::Graph;
use crate::random::Random;
use crate::request::Request;

/// One way to go on from a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Choice {
    /// Read from a write, without writing.
    Read { write: EventId, outcome: Outcome },
    /// Read from a write and write directly after it.
    Update { write: EventId },
    /// Write directly after what the thread's last event, a read, reads from.
    FinishUpdate,
    /// Write at a position of coherence order.
    Write { at: usize },
    /// Take a number.
    Pick { number: usize },
    /// Let an earlier read read from this step's write. For a read-modify-write that
    /// is new, `source` is what it reads from itself.
    Revisit {
        read: EventId,
        outcome: Outcome,
        mode: Mode,
        source: Option<EventId>,
    },
    /// Second half of a revisit: the position of the write in coherence order.
    Place { at: usize },
}

/// The read that a revisit is about, in the names of its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Revisited {
    pub(crate) read: EventId,
    pub(crate) outcome: Outcome,
    pub(crate) mode: Mode,
}

/// A step with choices left.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Frame {
    /// Length of the graph before the step.
    pub(crate) base: usize,
    pub(crate) request: Request,
    pub(crate) revisited: Option<Revisited>,
    /// Where the step's choices begin in the level's store, which is next, and their end.
    pub(crate) first: usize,
    pub(crate) next: usize,
    pub(crate) end: usize,
    /// The number of the next choice among all that the step had.
    pub(crate) number: u32,
    /// How many choices lead to this step.
    pub(crate) depth: usize,
}

/// A graph and the choices that are left in it.
#[derive(Default)]
pub(crate) struct Level {
    pub(crate) graph: Graph,
    pub(crate) frames: Vec<Frame>,
    pub(crate) choices: Vec<Choice>,
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stepped {
    /// The graph has grown by the step.
    Grown,
    /// The graph is another one now: the program must be run again.
    Replaced,
    /// Nothing consistent, or nothing that this shard explores, is possible.
    Dead,
}

/// The search.
pub(crate) struct Search {
    pub(crate) levels: Vec<Level>,
    spare: Vec<Level>,
    /// The numbers of the choices that lead to the current graph.
    pub(crate) path: Vec<u32>,
    /// For each of them the share of the search below it, if all choices of a step led to equally much.
    pub(crate) weights: Vec<f64>,
    /// After how many choices the current graph's subtree begins, if it is in one that parts divide.
    pub(crate) divided: Option<usize>,
    /// The share of the search that was done since somebody asked.
    pub(crate) done: f64,
    /// Events that the last choice made and that no run has judged yet.
    pub(crate) unjudged: Vec<EventId>,
    pub(crate) revisits: Vec<EventId>,
    /// Threads that are alike and that the current graph leaves without an order.
    pub(crate) circle: Option<(ThreadId, ThreadId)>,
    pub(crate) chains: Chains,
    pub(crate) config: Config,
    /// When dives are random: the source of choices and the product of their numbers.
    pub(crate) dive: Option<(Random, f64)>,
}

impl Search {
    pub(crate) fn new(config: Config) -> Search {
        let graph = Graph::new(config.model, config.mutation);
        let levels = vec![Level {
            graph,
            ..Level::default()
        }];
        Search {
            levels,
            spare: Vec::new(),
            path: Vec::new(),
            weights: Vec::new(),
            divided: None,
            done: 0.0,
            unjudged: Vec::new(),
            revisits: Vec::new(),
            circle: None,
            chains: Chains::default(),
            config,
            dive: None,
        }
    }

    pub(crate) fn graph(&self) -> &Graph {
        &self.levels[self.levels.len() - 1].graph
    }

    pub(crate) fn top(&mut self) -> &mut Level {
        self.levels
            .last_mut()
            .expect("a search has at least one level")
    }

    /// Adds an event without a choice.
    pub(crate) fn push(&mut self, event: Event) {
        self.top().graph.push(event);
    }

    /// Enters the step whose choices were stored from `first` on, with its first choice.
    pub(crate) fn enter(
        &mut self,
        request: &Request,
        revisited: Option<Revisited>,
        first: usize,
    ) -> Stepped {
        let depth = self.path.len();
        let level = self.top();
        let (base, end) = (level.graph.len(), level.choices.len());
        let request = *request;
        match end - first {
            0 => return Stepped::Dead,
            1 => {
                let choice = level.choices.pop().expect("one choice");
                return self.apply(&request, revisited, choice);
            }
            _ => level.frames.push(Frame {
                base,
                request,
                revisited,
                first,
                next: first,
                end,
                number: 0,
                depth,
            }),
        }
        if let Some(chosen) = self.only_choice(depth, first, end) {
            self.drop_others(chosen);
        }
        self.advance()
    }

    /// Takes the next choice of the newest frame, and drops the frame with its last one.
    fn advance(&mut self) -> Stepped {
        let level = self.top();
        let Some(frame) = level.frames.last_mut() else {
            return Stepped::Dead;
        };
        let (request, revisited, depth) = (frame.request, frame.revisited, frame.depth);
        let (base, number) = (frame.base, frame.number);
        let choice = level.choices[frame.next];
        let choices = frame.choices();
        frame.next += 1;
        frame.number += 1;
        if frame.next == frame.end {
            let first = frame.first;
            level.frames.pop();
            level.choices.truncate(first);
        }
        level.graph.truncate(base);
        self.path.truncate(depth);
        self.chains.go_back(depth);
        self.divided = self.divided.filter(|&divided| divided <= depth);
        self.path.push(number);
        self.weigh(depth, choices);
        if self.belongs_to_other_shard() {
            return Stepped::Dead;
        }
        self.apply(&request, revisited, choice)
    }

    /// Goes to the next graph that has not been explored. False: there is none.
    pub(crate) fn backtrack(&mut self) -> bool {
        loop {
            if !self.top().frames.is_empty() {
                if self.advance() != Stepped::Dead {
                    return true;
                }
                self.finish();
            } else if self.levels.len() > 1 {
                self.drop_level();
            } else {
                return false;
            }
        }
    }

    fn drop_level(&mut self) {
        let level = self.levels.pop().expect("a search has at least one level");
        self.spare.push(level);
    }

    /// Makes the choice. The graph has the length that it had before the step.
    fn apply(
        &mut self,
        request: &Request,
        revisited: Option<Revisited>,
        choice: Choice,
    ) -> Stepped {
        let base = self.graph().len();
        match choice {
            Choice::Read { write, outcome } => self.top().push_read(request, write, outcome),
            Choice::Update { write } => {
                self.top().push_read(request, write, Outcome::Success);
                self.top().push_update_write(request);
            }
            Choice::FinishUpdate => self.top().push_update_write(request),
            Choice::Write { at } => self.top().push_write(request, at),
            Choice::Pick { number } => self.top().push_pick(request, number),
            Choice::Revisit {
                read,
                outcome,
                mode,
                source,
            } => {
                return self.revisit(
                    request,
                    Revisited {
                        read,
                        outcome,
                        mode,
                    },
                    source,
                );
            }
            Choice::Place { at } => self.top().place(request, revisited, at),
        }
        self.note_order();
        self.unjudged.clear();
        self.unjudged.extend(base..self.graph().len());
        self.unjudged
            .extend(revisited.map(|revisited| revisited.read));
        match choice {
            _ if self.leads_beyond() || self.is_another_name() => Stepped::Dead,
            Choice::Place { .. } => Stepped::Replaced,
            _ => Stepped::Grown,
        }
    }

    /// Whether nothing within the bound on preemptions can be reached from here.
    fn leads_beyond(&self) -> bool {
        let slack = match self.config.mutation {
            Some(Mutation::NoSlack) => 0,
            _ => self.graph().slack(),
        };
        let most = self.config.max_preemptions;
        most.is_some_and(|most| self.graph().exceeds_preemptions(most + slack))
    }

    /// Opens a level in which what the revisit deletes is gone, and places the write.
    fn revisit(
        &mut self,
        request: &Request,
        revisited: Revisited,
        source: Option<EventId>,
    ) -> Stepped {
        if let Some(write) = source {
            self.top().push_read(request, write, Outcome::Success);
        }
        let mut level = self.spare.pop().unwrap_or_default();
        let old = self.graph();
        let ancestors = old.ancestors(request.thread);
        let keep = |id: EventId| id <= revisited.read || old.within(id, &ancestors);
        level.graph.model = self.config.model;
        level.graph.mutation = self.config.mutation;
        level.frames.clear();
        level.choices.clear();
        let renamed = level.graph.restrict(old, &keep, revisited);
        let request = Request {
            thread: renamed.thread(request.thread),
            loc: renamed.location(request.loc),
            home: renamed.block(request.home),
            ..*request
        };
        let revisited = Revisited {
            read: renamed.event(revisited.read),
            ..revisited
        };
        self.forget_finished_levels();
        self.levels.push(level);
        self.offer_places(&request, revisited);
        let stepped = self.enter(&request, Some(revisited), 0);
        if stepped == Stepped::Dead && self.top().frames.is_empty() && self.levels.len() > 1 {
            self.drop_level();
        }
        stepped
    }

    /// Levels without frames are not needed any more once a newer one opens.
    fn forget_finished_levels(&mut self) {
        while self
            .levels
            .last()
            .is_some_and(|level| level.frames.is_empty())
        {
            self.drop_level();
        }
    }

    /// In a dive or along a given path: the one choice to take.
    fn only_choice(&mut self, depth: usize, first: usize, end: usize) -> Option<usize> {
        if let Some((random, weight)) = &mut self.dive {
            *weight *= (end - first) as f64;
            return Some(first + random.below(end - first));
        }
        let path = self.config.path.as_ref()?;
        let number = path.get(depth).map_or(0, |&number| number as usize);
        Some(first + number.min(end - first - 1))
    }

    /// Leaves the newest frame one choice.
    fn drop_others(&mut self, chosen: usize) {
        let level = self.top();
        let frame = level.frames.last_mut().expect("the step was just entered");
        frame.next = chosen;
        frame.number = (chosen - frame.first) as u32;
        frame.end = chosen + 1;
    }
}

impl Level {
    pub(crate) fn push_read(&mut self, request: &Request, write: EventId, outcome: Outcome) {
        let index = self.graph.next_index(request.thread);
        let event = Event {
            rf: Some(write),
            ..request.event(index, Role::Read, outcome)
        };
        self.graph.push(event);
    }

    pub(crate) fn push_write(&mut self, request: &Request, at: usize) {
        let index = self.graph.next_index(request.thread);
        let outcome = if request.op.updates() {
            Outcome::Success
        } else {
            Outcome::Plain
        };
        self.graph
            .push_write(request.event(index, Role::Write, outcome), at);
    }

    /// *Atomicity* leaves one position: directly after what the read reads from.
    pub(crate) fn push_update_write(&mut self, request: &Request) {
        let read = self
            .graph
            .last_event(request.thread)
            .expect("the read of the update");
        let write = self.graph.events[read]
            .rf
            .expect("a read that is not being revisited");
        self.push_write(request, self.graph.co_index(request.loc, write) + 1);
    }

    fn push_pick(&mut self, request: &Request, number: usize) {
        let index = self.graph.next_index(request.thread);
        let event = Event {
            arg: number,
            ..request.event(index, Role::Other, Outcome::Plain)
        };
        self.graph.push(event);
    }

    /// Places a write and lets the revisited read read from it.
    pub(crate) fn place(&mut self, request: &Request, revisited: Option<Revisited>, at: usize) {
        let write = self.graph.len();
        self.push_write(request, at);
        if let Some(revisited) = revisited {
            self.graph.make_read_again(revisited);
            self.graph.set_rf(revisited.read, write);
        }
    }
}
