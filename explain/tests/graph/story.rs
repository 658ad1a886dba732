//! Traces in the making, and what their reports say.

use explain::text::story;
use reports::failure::{Failure, FailureKind, Replay};
use reports::plan::{Coverage, Search, World};
use reports::report::{FORMAT, Report};
use reports::trace::{Action, Memory, Source, Step, Trace, Write};

/// A trace in the making: threads `main`, `T1`, `T2`, `T3`, every step on the line of its number.
#[derive(Clone, Default)]
pub(crate) struct Story(pub(crate) Trace);

impl Story {
    pub(crate) fn new() -> Self {
        let threads = ["main", "T1", "T2", "T3"].map(str::to_owned).to_vec();
        Self(Trace {
            threads,
            ..Trace::default()
        })
    }

    pub(crate) fn step(mut self, thread: usize, action: Action, memory: Option<Memory>) -> Self {
        let number = self.0.steps.len() + 1;
        let at = Source {
            file: "a/mp.rs".to_owned(),
            line: u32::try_from(number).expect("a short story"),
        };
        self.0.steps.push(Step {
            number,
            thread,
            action,
            at,
            operations: Vec::new(),
            held: Vec::new(),
            switch: None,
            pause: None,
            memory,
        });
        self
    }

    pub(crate) fn store(self, thread: usize, place: &str, value: &str, order: &str) -> Self {
        let (place, value, order) = (place.to_owned(), value.to_owned(), order.to_owned());
        let action = Action::Store {
            place,
            value,
            order,
        };
        self.step(thread, action, Some(Memory::default()))
    }

    pub(crate) fn load(self, thread: usize, place: &str, order: &str, memory: Memory) -> Self {
        let (place, order) = (place.to_owned(), order.to_owned());
        let value = "?".to_owned();
        let action = Action::Load {
            place,
            value,
            order,
        };
        self.step(thread, action, Some(memory))
    }

    pub(crate) fn fence(self, thread: usize, order: &str, after: &[usize]) -> Self {
        let order = order.to_owned();
        let memory = Memory {
            after: after.to_vec(),
            ..Memory::default()
        };
        self.step(thread, Action::Fence { order }, Some(memory))
    }

    /// T1 writes `data` (step 1) and, in some way, `flag`.
    pub(crate) fn published(order: &str) -> Self {
        Self::new()
            .store(1, "data", "7", "Relaxed")
            .store(1, "flag", "1", order)
    }

    /// T2 reads the old `data`.
    pub(crate) fn misses(self) -> Self {
        self.load(
            2,
            "data",
            "Relaxed",
            read(Write::Initial, Write::Step(1), &[]),
        )
    }

    pub(crate) fn report(self) -> Report {
        Report {
            format: FORMAT,
            question: "Is it so?".to_owned(),
            always: "It is.".to_owned(),
            coverage: Coverage::Exhaustive,
            command: "raddle replay x.json".to_owned(),
            failure: Failure {
                kind: FailureKind::Claim,
                claim: "It is.".to_owned(),
                detail: "data is old".to_owned(),
                trace: self.0,
                replay: Replay {
                    scenario: "x".to_owned(),
                    world: World::Loom,
                    search: Search::Stress { executions: 1 },
                    execution: 1,
                    fault: None,
                    weaken: None,
                },
                minimal: Vec::new(),
            },
        }
    }

    /// The report without its column of sources, and with lines and columns run together.
    pub(crate) fn text(self) -> String {
        let style = story::Style {
            full: true,
            ..story::Style::of_width(100)
        };
        let text = story::render_as(&self.report(), style);
        let lines = text.lines().map(|line| line.split("  mp.rs").next());
        let words = lines.flatten().flat_map(str::split_whitespace);
        words.collect::<Vec<_>>().join(" ")
    }
}

pub(crate) fn read(from: Write, newest: Write, after: &[usize]) -> Memory {
    Memory {
        from: Some(from),
        newest: Some(newest),
        coherence: None,
        after: after.to_vec(),
    }
}

/// A read of the newest value, which is this step's.
pub(crate) fn newest(number: usize, after: &[usize]) -> Memory {
    read(Write::Step(number), Write::Step(number), after)
}

#[track_caller]
pub(crate) fn says(text: &str, words: &str) {
    assert!(text.contains(words), "not there: {words}\n{text}");
}

#[track_caller]
pub(crate) fn says_nothing_of(text: &str, words: &str) {
    assert!(!text.contains(words), "there: {words}\n{text}");
}
