//! From the raw log to a trace.

use reports::scenario::Broken;
use reports::trace::{Action, Block, Memory, Source, Step, Trace, Wait};

use crate::event::{Entry, Event, Woke};
use crate::execution;
use crate::failure::Point;
use crate::heap::BlockId;
use crate::knowledge::{self, Knowledge, Reader};
use crate::names::{self, Names, is_step};
use crate::state::{self, State};
use crate::switches;

/// How many steps a trace has at most: the last ones of an execution that would not end.
const SHOWN: usize = 1_000;

/// The trace of the execution that `broken` ended at `point`.
pub(crate) fn trace(broken: &Broken, point: Option<Point>, knowledge: &Knowledge) -> Trace {
    let current = execution::current();
    state::with(|state| {
        let point = point.unwrap_or(Point {
            thread: current,
            at: Source::default(),
        });
        let names = Names::new(state);
        let mut writer = Writer::new(&names, state, knowledge);
        (0..state.log.len()).for_each(|index| writer.entry(index, &state.log[index]));
        writer.broke(broken, point);
        let mut trace = Trace {
            threads: names.threads(),
            blocks: blocks(state, &names),
            waits: waits(state, &names),
            coherence: writer.reader.coherence(),
            conflict: writer.reader.conflict(&state.conflict, freed(state)),
            steps: writer.steps,
            switched: switches::effects().into_iter().map(names::source).collect(),
            excerpts: Vec::new(),
        };
        let left_out = trace.steps.len().saturating_sub(SHOWN);
        knowledge::forget(&mut trace, left_out);
        reports::reading::reorder(&mut trace);
        trace
    })
}

/// Writes steps, following what each thread is inside of and holds.
struct Writer<'a> {
    names: &'a Names<'a>,
    reader: Reader<'a>,
    steps: Vec<Step>,
    /// How many of them are counted.
    count: usize,
    threads: Vec<Progress<'a>>,
    last: Option<usize>,
}

/// Where one thread has got to.
#[derive(Clone, Default)]
struct Progress<'a> {
    operations: Vec<&'a str>,
    held: Vec<(usize, String)>,
    /// Where its last step stands.
    last: Option<usize>,
}

impl<'a> Writer<'a> {
    fn new(names: &'a Names<'a>, state: &'a State, knowledge: &'a Knowledge) -> Self {
        Self {
            names,
            reader: Reader::new(knowledge, names, &state.log),
            steps: Vec::with_capacity(state.log.len() + 1),
            count: 0,
            threads: vec![Progress::default(); state.threads.len()],
            last: None,
        }
    }

    fn entry(&mut self, index: usize, entry: &Entry) {
        let Entry { thread, at, event } = *entry;
        if !is_step(&event) {
            if let Some(last) = self.threads[thread].last {
                self.steps[last].pause = Some(self.pause(&event));
            }
            return;
        }
        self.follow(thread, &event);
        if let Some(action) = self.access(&event).or_else(|| self.deed(&event)) {
            let memory = self.reader.read(index);
            self.step(thread, action, names::source(at), memory);
        }
        if let Event::End { .. } = event {
            self.threads[thread].operations.pop();
        }
    }

    fn broke(&mut self, broken: &Broken, point: Point) {
        let action = Action::Broke {
            claim: broken.claim.clone(),
            detail: broken.detail.clone(),
        };
        self.step(point.thread, action, point.at, None);
    }

    fn step(&mut self, thread: usize, action: Action, at: Source, memory: Option<Memory>) {
        let switch = self.switch(thread);
        self.threads[thread].last = Some(self.steps.len());
        let bracket = matches!(action, Action::Begin { .. } | Action::End { .. });
        self.count += usize::from(!bracket);
        let progress = &self.threads[thread];
        self.steps.push(Step {
            number: self.count,
            thread,
            action,
            at,
            operations: progress
                .operations
                .iter()
                .map(ToString::to_string)
                .collect(),
            held: progress.held.iter().map(|(_, name)| name.clone()).collect(),
            switch,
            pause: None,
            memory,
        });
        self.last = Some(thread);
    }

    /// Why `thread` runs and not the one before it.
    fn switch(&self, thread: usize) -> Option<String> {
        let last = self.last.filter(|last| *last != thread)?;
        let name = self.names.thread(last);
        let pause = self.threads[last]
            .last
            .and_then(|at| self.steps[at].pause.as_ref());
        Some(match pause {
            Some(pause) => format!("{name} {pause}"),
            None => format!("{name} is preempted"),
        })
    }

    fn pause(&self, event: &Event) -> String {
        match event {
            Event::Blocked { on } => format!("is blocked on {}", self.names.on(*on)),
            Event::Spun => "waits in a loop".to_owned(),
            _ => "is finished".to_owned(),
        }
    }

    fn follow(&mut self, thread: usize, event: &Event) {
        match *event {
            Event::Begin { operation, .. } => self.threads[thread].operations.push(operation),
            Event::Acquired { lock, name } => {
                let name = self.names.lock(lock, name);
                self.threads[thread].held.push((lock, name));
            }
            Event::Released { lock } => {
                for progress in &mut self.threads {
                    progress.held.retain(|(held, _)| *held != lock);
                }
            }
            _ => {}
        }
    }

    /// An access of memory, as an action.
    fn access(&self, event: &Event) -> Option<Action> {
        let names = self.names;
        Some(match *event {
            Event::Load {
                place,
                value,
                order,
            } => Action::Load {
                place: names.place(&place),
                value: names.value(value),
                order: format!("{order:?}"),
            },
            Event::Store {
                place,
                value,
                order,
            } => Action::Store {
                place: names.place(&place),
                value: names.value(value),
                order: format!("{order:?}"),
            },
            Event::Update {
                place,
                operation,
                old,
                new,
                order,
            } => Action::Update {
                place: names.place(&place),
                operation: operation.to_owned(),
                old: names.value(old),
                new: names.value(new),
                order: format!("{order:?}"),
            },
            Event::Failed {
                place,
                expected,
                found,
                order,
            } => Action::Failed {
                place: names.place(&place),
                expected: names.value(expected),
                found: names.value(found),
                order: format!("{order:?}"),
            },
            Event::Read { place } => Action::Read {
                place: names.place(&place),
            },
            Event::Write { place } => Action::Write {
                place: names.place(&place),
            },
            Event::Fence { order } => Action::Fence {
                order: format!("{order:?}"),
            },
            _ => return None,
        })
    }

    /// Anything else that is a step, as an action.
    fn deed(&self, event: &Event) -> Option<Action> {
        let names = self.names;
        Some(match *event {
            Event::Alloc { block } => Action::Alloc {
                block: names.block(block),
                size: names.size(block),
            },
            Event::Free { block } => Action::Free {
                block: names.block(block),
            },
            Event::Acquired { lock, name } => Action::Acquired {
                lock: names.lock(lock, name),
            },
            Event::Released { lock } => Action::Released {
                lock: names.released(lock),
            },
            Event::Park { key } => Action::Park {
                key: names.key(key),
            },
            Event::Woke { key, reason } => Action::Woke {
                key: names.key(key),
                reason: reason_of(reason).to_owned(),
            },
            Event::Unpark { key, woken } => Action::Unpark {
                key: names.key(key),
                woken,
            },
            Event::Spawn { thread } => Action::Spawn {
                thread: names.thread(thread).to_owned(),
            },
            Event::Join { thread } => Action::Join {
                thread: names.thread(thread).to_owned(),
            },
            Event::Begin { operation, given } => Action::Begin {
                operation: match names.shown(given) {
                    Some(given) => format!("{operation}({given})"),
                    None => operation.to_owned(),
                },
            },
            Event::End { operation, result } => Action::End {
                operation: operation.to_owned(),
                result: names.shown(result),
            },
            _ => return None,
        })
    }
}

fn reason_of(woke: Woke) -> &'static str {
    match woke {
        Woke::Unparked => "unparked",
        Woke::TimedOut => "timed out",
        Woke::Spurious => "woke for no reason",
        Woke::Invalid => "did not sleep",
    }
}

/// The event that freed what the failure is about.
fn freed(state: &State) -> Option<usize> {
    let mut accused = state.blocks.accused.iter();
    accused.find_map(|id| state.blocks.get(*id).freed)
}

fn blocks(state: &State, names: &Names<'_>) -> Vec<Block> {
    let accused = state.blocks.accused.iter();
    accused.map(|id| block(names, *id)).collect()
}

fn block(names: &Names<'_>, id: BlockId) -> Block {
    let history = [names.allocated(id), names.freed(id)];
    Block {
        name: names.block(id),
        size: names.size(id),
        history: history.into_iter().flatten().collect(),
    }
}

fn waits(state: &State, names: &Names<'_>) -> Vec<Wait> {
    let waiting = state.waits.waiting.iter();
    waiting
        .map(|(thread, on)| Wait {
            thread: names.thread(*thread).to_owned(),
            on: names.on(*on),
            holder: names.holder(*on),
        })
        .collect()
}
