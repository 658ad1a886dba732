//! From the engine's events to the steps of a report.

use std::collections::BTreeMap;

use graph_engine::{Failure, FailureKind, Mode, Op, Outcome, Role, TraceEvent};
use reports::trace::{Action, Block, Coherence, Fate, Memory, Source, Step, Trace, Wait, Write};
use reports::{reading, trace};

use super::places::{Place, Places, Use, is_vain, source};

/// The execution that failed, step by step. The last step says what broke.
pub(super) fn trace(failure: &Failure, places: &Places, threads: Vec<String>) -> Trace {
    let mut told = Telling::new(failure, places, threads);
    for event in &failure.trace.events {
        told.event(event);
    }
    told.finish()
}

struct Telling<'a> {
    failure: &'a Failure,
    places: &'a Places,
    trace: Trace,
    /// The step that an event is part of.
    steps: BTreeMap<usize, usize>,
    /// The last step of each thread so far.
    last: BTreeMap<usize, usize>,
    /// What each thread has read to write it at once.
    open: BTreeMap<usize, &'a TraceEvent>,
    /// What each thread has learnt by what has no step.
    learnt: BTreeMap<usize, Vec<usize>>,
    held: BTreeMap<usize, Vec<String>>,
    /// The newest write of each place so far, with its position in coherence order.
    newest: BTreeMap<&'a str, (usize, usize)>,
}

impl<'a> Telling<'a> {
    fn new(failure: &'a Failure, places: &'a Places, threads: Vec<String>) -> Self {
        let trace = Trace {
            threads,
            ..Trace::default()
        };
        Self {
            failure,
            places,
            trace,
            steps: BTreeMap::new(),
            last: BTreeMap::new(),
            open: BTreeMap::new(),
            learnt: BTreeMap::new(),
            held: BTreeMap::new(),
            newest: BTreeMap::new(),
        }
    }

    fn event(&mut self, event: &'a TraceEvent) {
        let after = event.happens_after.iter();
        let known: Vec<usize> = after.filter_map(|id| self.up_to(*id)).collect();
        self.learnt.entry(event.thread).or_default().extend(known);
        if is_vain(event) {
            self.pauses(event);
        } else if event.role == Role::Read && event.outcome == Outcome::Success {
            self.open.insert(event.thread, event);
        } else {
            let before = self.open.remove(&event.thread);
            if let Some(action) = self.action(event, before) {
                self.step(event, before, action);
            }
            self.writes(event);
        }
    }

    fn writes(&mut self, event: &'a TraceEvent) {
        if let (Some(place), Some(position)) = (&event.location, event.coherence) {
            let newest = self.newest.entry(place).or_insert((position, event.id));
            *newest = (*newest).max((position, event.id));
        }
    }

    /// The last step, up to the event, of its thread.
    fn up_to(&self, id: usize) -> Option<usize> {
        let event = self.failure.trace.event(id)?;
        let own = self.failure.trace.events.iter();
        own.filter(|other| other.thread == event.thread && other.index <= event.index)
            .filter_map(|other| self.steps.get(&other.id))
            .max()
            .copied()
    }

    /// The thread cannot go on behind its last step.
    fn pauses(&mut self, event: &TraceEvent) {
        let place = self.places.get(event);
        let on = place.map_or("something", |place| &place.name);
        let last = self.last.get(&event.thread).copied();
        if let Some(step) = last.and_then(|number| self.trace.steps.get_mut(number - 1)) {
            step.pause = Some(format!("waits for {on}"));
        }
    }

    fn step(&mut self, event: &TraceEvent, before: Option<&TraceEvent>, action: Action) {
        let number = self.trace.steps.len() + 1;
        self.steps.insert(event.id, number);
        before.inspect(|before| {
            self.steps.insert(before.id, number);
        });
        self.last.insert(event.thread, number);
        let held = self.held.entry(event.thread).or_default();
        match &action {
            Action::Acquired { lock } => held.push(lock.clone()),
            Action::Released { lock } => held.retain(|other| other != lock),
            _ => {}
        }
        let held = held.clone();
        let read = before.or(Some(event).filter(|event| event.role == Role::Read));
        let mut after = std::mem::take(self.learnt.entry(event.thread).or_default());
        after.sort_unstable();
        after.dedup();
        let memory = Memory {
            from: read.and_then(|read| Some(self.write(read.reads_from?))),
            newest: read.and_then(|read| {
                let (_, write) = self.newest.get(read.location.as_deref()?)?;
                Some(self.write(*write))
            }),
            coherence: event.coherence,
            after,
        };
        self.trace.steps.push(Step {
            number,
            thread: event.thread,
            action,
            at: source(event.caller),
            operations: Vec::new(),
            held,
            switch: None,
            pause: None,
            memory: Some(memory),
        });
    }

    fn write(&self, id: usize) -> Write {
        match (self.steps.get(&id), self.failure.trace.event(id)) {
            (Some(&step), _) => Write::Step(step),
            (None, Some(event)) if matches!(event.op, Op::Create | Op::Alloc) => Write::Initial,
            (None, _) => Write::Hidden,
        }
    }

    /// What the event did. Making a place is no step, nor is a choice.
    fn action(&self, event: &TraceEvent, before: Option<&TraceEvent>) -> Option<Action> {
        let place = self.places.get(event);
        let name = || place.map_or_else(String::new, |place| place.name.clone());
        let value = |value| place.map_or_else(String::new, |place| place.shown(value));
        let order = || order(event.mode);
        Some(match (event.op, event.role) {
            (Op::Free, _) => Action::Free { block: name() },
            (Op::Fence, _) => Action::Fence { order: order() },
            (Op::Spawn, _) => Action::Spawn {
                thread: self.thread(event.value),
            },
            (Op::Join, _) => Action::Join {
                thread: self.thread(event.value),
            },
            (Op::Load, _) => Action::Load {
                place: name(),
                value: value(event.value),
                order: order(),
            },
            (Op::Store, _) => Action::Store {
                place: name(),
                value: value(event.value),
                order: order(),
            },
            (Op::Read, _) => Action::Read { place: name() },
            (Op::Write, _) => Action::Write { place: name() },
            (Op::Cas | Op::CasWeak, Role::Read) => Action::Failed {
                place: name(),
                expected: expected(event).to_owned(),
                found: value(event.value),
                order: order(),
            },
            (_, Role::Write) => update(event, before, place?),
            _ => return None,
        })
    }

    fn thread(&self, number: u64) -> String {
        let known = usize::try_from(number).ok();
        let known = known.and_then(|number| self.trace.threads.get(number));
        known.cloned().unwrap_or_default()
    }

    fn finish(mut self) -> Trace {
        self.trace.conflict = self.conflict();
        self.trace.coherence = self.coherence();
        self.trace.waits = self.waits();
        self.trace.blocks = self.blocks();
        self.broke();
        if self.main_takes_part() {
            self.make_main_a_worker();
        }
        reading::reorder(&mut self.trace);
        self.trace
    }

    /// Whether the main thread does more, while others run, than to start them and to wait for them.
    fn main_takes_part(&self) -> bool {
        let own = self.trace.steps.iter().filter(|step| step.thread == 0);
        let mut running = 0_usize;
        for step in own {
            match step.action {
                Action::Spawn { .. } => running += 1,
                Action::Join { .. } => running = running.saturating_sub(1),
                Action::Broke { .. } | Action::Free { .. } => {}
                _ if running > 0 => return true,
                _ => {}
            }
        }
        false
    }

    /// Reports have a column for each thread but the first, which is taken to set up and to look
    /// on. So there is one before the main thread, which does nothing.
    fn make_main_a_worker(&mut self) {
        self.trace.threads.insert(0, "the test".to_owned());
        for step in &mut self.trace.steps {
            step.thread += 1;
        }
        let fates = self.trace.blocks.iter_mut();
        for fate in fates.flat_map(|block| &mut block.history) {
            fate.thread += 1;
        }
    }

    /// The two steps that nothing orders, the earlier one first. The making of a place has no
    /// step: the one before it stands for it.
    fn conflict(&self) -> Vec<usize> {
        let [first, second] = self.failure.events[..] else {
            return Vec::new();
        };
        let is_race = self.failure.kind == FailureKind::DataRace;
        if !is_race && self.failure.kind != FailureKind::UseAfterFree {
            return Vec::new();
        }
        let ends = self.up_to(first).into_iter().chain(self.up_to(second));
        let mut ends: Vec<usize> = ends.collect();
        // Of a free and an access, the access had to come first.
        if is_race {
            ends.sort_unstable();
        } else {
            ends.reverse();
        }
        ends
    }

    fn coherence(&self) -> Vec<Coherence> {
        let mut orders: BTreeMap<&str, Vec<(usize, Write)>> = BTreeMap::new();
        for event in &self.failure.trace.events {
            let place = self.places.get(event);
            if let (Some(place), Some(position)) = (place, event.coherence) {
                let order = orders.entry(&place.name).or_default();
                order.push((position, self.write(event.id)));
            }
        }
        let several = |(place, mut writes): (&str, Vec<(usize, Write)>)| {
            writes.sort_unstable_by_key(|(position, _)| *position);
            let writes: Vec<Write> = writes.into_iter().map(|(_, write)| write).collect();
            let place = place.to_owned();
            (writes.len() > 1).then_some(Coherence { place, writes })
        };
        orders.into_iter().filter_map(several).collect()
    }

    fn waits(&self) -> Vec<Wait> {
        let name = |thread: usize| self.trace.threads.get(thread).cloned().unwrap_or_default();
        let told = |wait: &graph_engine::Wait| Wait {
            thread: name(wait.thread),
            on: self.places.rename(&wait.what),
            holder: wait.on.map(name),
        };
        self.failure.waits.iter().map(told).collect()
    }

    /// What became of the places that the failure is about.
    fn blocks(&self) -> Vec<Block> {
        let about = self.failure.events.iter();
        let about = about.filter_map(|id| self.failure.trace.event(*id));
        let mut blocks: Vec<Block> = Vec::new();
        for event in about {
            let Some(place) = self.places.get(event) else {
                continue;
            };
            if blocks.iter().all(|block| block.name != place.name) {
                blocks.push(Block {
                    name: place.name.clone(),
                    size: 0,
                    history: self.history(place),
                });
            }
        }
        blocks
    }

    fn history(&self, place: &Place) -> Vec<Fate> {
        let made = Fate {
            what: "made".to_owned(),
            thread: place.thread,
            at: place.made.clone(),
            step: None,
        };
        let freed =
            self.trace.steps.iter().filter(
                |step| matches!(&step.action, Action::Free { block } if *block == place.name),
            );
        let freed = freed.map(|step| Fate {
            what: "freed".to_owned(),
            thread: step.thread,
            at: step.at.clone(),
            step: Some(step.number),
        });
        std::iter::once(made).chain(freed).collect()
    }

    /// The rule that broke, behind everything else.
    fn broke(&mut self) {
        let (claim, detail, place) = super::told::broken(self.failure, self.places);
        let thread = self.failure.thread.unwrap_or(0);
        let last = self.last.get(&thread).copied();
        let last = last.and_then(|number| self.trace.step(number));
        let at: Source = place
            .or_else(|| last.map(|step| step.at.clone()))
            .unwrap_or_default();
        self.trace.steps.push(Step {
            number: self.trace.steps.len() + 1,
            thread,
            action: Action::Broke { claim, detail },
            at,
            operations: Vec::new(),
            held: self.held.remove(&thread).unwrap_or_default(),
            switch: None,
            pause: None,
            memory: None,
        });
    }
}

/// What a read-modify-write did, from its read and its write.
fn update(event: &TraceEvent, before: Option<&TraceEvent>, place: &Place) -> Action {
    let name = place.name.clone();
    let is_wait = matches!(event.op, Op::Lock | Op::Park | Op::TimedPark);
    let is_exchange = matches!(event.op, Op::Cas | Op::CasWeak);
    match place.used {
        Use::Lock if is_wait || is_exchange => Action::Acquired { lock: name },
        Use::Lock => Action::Released { lock: name },
        Use::Token if is_wait => Action::Woke {
            key: name,
            reason: "its token was there".to_owned(),
        },
        Use::Token => Action::Unpark {
            key: name,
            woken: 1,
        },
        Use::Memory => Action::Update {
            place: name,
            operation: match is_exchange {
                true => "compare_exchange".to_owned(),
                false => "update".to_owned(),
            },
            old: before.map_or_else(String::new, |read| place.shown(read.value)),
            new: place.shown(event.value),
            order: order(event.mode),
        },
    }
}

/// What a compare-exchange that failed had looked for.
fn expected(event: &TraceEvent) -> &'static str {
    match event.outcome {
        Outcome::Spurious => "the same (it fails for no reason)",
        _ => "another value",
    }
}

fn order(mode: Mode) -> String {
    format!("{mode:?}")
}

/// The lines that the steps stand at, as the files have them now.
pub(super) fn excerpts(trace: &Trace, sources: &BTreeMap<String, String>) -> Vec<trace::Excerpt> {
    let mut places: Vec<&Source> = trace.steps.iter().map(|step| &step.at).collect();
    places.sort_unstable_by_key(|at| (&at.file, at.line));
    places.dedup();
    let excerpt = |at: &Source| {
        let line = sources
            .get(&at.file)?
            .lines()
            .nth(at.line.checked_sub(1)? as usize)?;
        Some(trace::Excerpt {
            file: at.file.clone(),
            first: at.line,
            lines: vec![line.to_owned()],
        })
    };
    places.into_iter().filter_map(excerpt).collect()
}
