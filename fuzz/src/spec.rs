//! What a target says of itself, as data: its operations, what they are given, and what each does when nothing else
//! happens. A world adds how it is done there.

use crate::program::Step;
use crate::state::{Answer, Moving, State};

/// What an argument may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arg {
    /// A Python index: mostly of the first few items, sometimes from the end.
    Index,
    /// A key, one of few, so that threads meet.
    Key,
    /// A value that is put in.
    Value,
    /// A value that may be there.
    Item,
    /// A count below this.
    Below(i8),
}

impl Arg {
    /// The least and the greatest number.
    #[must_use]
    pub fn range(self) -> (i8, i8) {
        match self {
            Arg::Index => (-2, 3),
            Arg::Key => (0, 7),
            Arg::Value => (10, 29),
            Arg::Item => (1, 14),
            Arg::Below(end) => (0, end - 1),
        }
    }
}

/// Where in a history an operation is looked at.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// The thread that calls it.
    pub thread: usize,
    /// What it is given.
    pub args: &'a [i8],
}

/// How far a call of several steps is: whatever its model wants to remember. Empty before the first step.
pub type Frame = Vec<i8>;

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The state after the step.
    pub state: State,
    /// How far the call is then.
    pub frame: Frame,
    /// Its answer, when that was its last step.
    pub answer: Option<Answer>,
}

/// The sequential model of an operation, split into the steps that the documentation promises.
#[derive(Clone, Copy, Debug)]
pub enum Model {
    /// One step, which waits while the items of the first row move.
    One(fn(&mut State, &At<'_>) -> Answer),
    /// One step that has nothing to do with the first row, or needs no lock of it and sees it as it was or will be.
    Aside(fn(&mut State, &At<'_>) -> Answer),
    /// Two steps: between them, who looks without the lock sees the first row as it was or as it will be.
    Moves(fn(&mut State, &At<'_>) -> Answer),
    /// The same, and between them the row may also look empty.
    Empties(fn(&mut State, &At<'_>) -> Answer),
    /// A look without the lock, which may answer any of these.
    Looks(fn(&[i8], &At<'_>) -> Answer),
    /// Steps of its own; gives every way to go on, none while it must wait.
    Steps(fn(&State, &Frame, &At<'_>) -> Vec<Next>),
}

/// One operation.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// What a program's text calls it.
    pub name: &'static str,
    /// The methods of the type's table that it stands for.
    pub methods: &'static str,
    /// How it is shown, with `{0}` for its first argument.
    pub shown: &'static str,
    /// What it is given.
    pub args: &'static [Arg],
    /// How often it is drawn, beside the others.
    pub weight: u8,
    /// Which argument names the only key that it touches.
    pub key: Option<usize>,
    /// What it does.
    pub model: Model,
}

impl Spec {
    /// The call as text, as in `x.append(3)`.
    #[must_use]
    pub fn call(&self, args: &[i8]) -> String {
        let mut text = self.shown.to_owned();
        for (at, arg) in args.iter().enumerate() {
            text = text.replace(&format!("{{{at}}}"), &arg.to_string());
        }
        text
    }

    /// Every way in which a call that is so far can go on; with its lock taken or in other words when it may.
    #[must_use]
    pub fn nexts(&self, state: &State, frame: &Frame, at: &At<'_>) -> Vec<Next> {
        match self.model {
            Model::One(_) | Model::Moves(_) | Model::Empties(_)
                if frame.is_empty() && state.moving.is_some() =>
            {
                Vec::new()
            }
            Model::One(apply) | Model::Aside(apply) => whole(state, apply, at),
            Model::Moves(apply) => moving(state, frame, apply, at, false),
            Model::Empties(apply) => moving(state, frame, apply, at, true),
            Model::Looks(look) => looks(state, look, at),
            Model::Steps(steps) => steps(state, frame, at),
        }
    }
}

impl State {
    /// The call in whose middle this is goes on with that frame while others wait for its locks, or has ended. Who looks
    /// without the lock may see the first row as it was before.
    pub(crate) fn further(mut self, before: Vec<i8>, frame: Option<Frame>) -> Next {
        self.moving = frame.as_ref().map(|_| Moving {
            before,
            empty: false,
        });
        Next {
            state: self,
            answer: frame.is_none().then_some(Answer::Done),
            frame: frame.unwrap_or_default(),
        }
    }
}

fn whole(state: &State, apply: fn(&mut State, &At<'_>) -> Answer, at: &At<'_>) -> Vec<Next> {
    let mut after = state.clone();
    match apply(&mut after, at) {
        Answer::Waits => Vec::new(),
        answer => vec![Next {
            state: after,
            frame: Frame::new(),
            answer: Some(answer),
        }],
    }
}

/// The first step changes the row and remembers what it was; the second forgets that.
fn moving(
    state: &State,
    frame: &Frame,
    apply: fn(&mut State, &At<'_>) -> Answer,
    at: &At<'_>,
    empty: bool,
) -> Vec<Next> {
    let mut after = state.clone();
    if frame.is_empty() {
        let before = state.rows[0].clone();
        apply(&mut after, at);
        after.moving = Some(Moving { before, empty });
        return vec![Next {
            state: after,
            frame: vec![1],
            answer: None,
        }];
    }
    // What it answers follows from what the row was.
    let mut was = state.clone();
    let moving = was.moving.take();
    was.rows[0] = moving.expect("this call set it").before;
    let answer = apply(&mut was, at);
    after.moving = None;
    vec![Next {
        state: after,
        frame: Frame::new(),
        answer: Some(answer),
    }]
}

fn looks(state: &State, look: fn(&[i8], &At<'_>) -> Answer, at: &At<'_>) -> Vec<Next> {
    let mut answers = vec![look(&state.rows[0], at)];
    if let Some(moving) = &state.moving {
        answers.push(look(&moving.before, at));
        if moving.empty {
            answers.push(look(&[], at));
        }
    }
    answers.dedup();
    let next = |answer| Next {
        state: state.clone(),
        frame: Frame::new(),
        answer: Some(answer),
    };
    answers.into_iter().map(next).collect()
}

/// A target: the objects that threads share, and what can be done with them.
#[derive(Clone, Debug)]
pub struct TargetSpec {
    /// What the command line calls it.
    pub name: &'static str,
    /// What is asked of it.
    pub question: &'static str,
    /// The types whose tables it draws from, as `docs/atomicity.md` names them.
    pub types: &'static [&'static str],
    /// What is shared at the start.
    pub start: &'static [Row],
    /// The most threads that it is drawn for.
    pub threads: usize,
    /// Its operations.
    pub operations: Vec<&'static Spec>,
    /// Methods that it does not draw, each with the reason.
    pub excepted: &'static [(&'static str, &'static str)],
    /// Makes a program one that ends, whatever was drawn.
    pub close: Option<Close>,
    /// What of a state belongs to one key, where operations on one key are independent of those on others.
    pub project: Option<fn(&State, i8) -> State>,
}

/// Makes the steps of a program's threads such that they end.
pub type Close = fn(&TargetSpec, &mut [Vec<Step>]);

/// How a row of the start is drawn.
#[derive(Clone, Copy, Debug)]
pub enum Row {
    /// So many values at most.
    Values(usize),
    /// So many pairs at most of a key, counted from 0, and a value.
    Pairs(usize),
    /// So many different keys at most, counted from 0.
    Keys(usize),
    /// These numbers.
    Fixed(&'static [i8]),
}

impl Row {
    /// Whether a row of a program's text is one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn admits(&self, row: &[i8]) -> Result<(), String> {
        let (right, most) = match *self {
            Row::Values(most) => (true, most),
            Row::Pairs(most) => {
                let keys: Vec<i8> = row.iter().step_by(2).copied().collect();
                (
                    row.len().is_multiple_of(2) && are_different(&keys),
                    2 * most,
                )
            }
            Row::Keys(most) => (row.is_sorted() && are_different(row), most),
            Row::Fixed(numbers) => (row == numbers, numbers.len()),
        };
        match right && row.len() <= most {
            true => Ok(()),
            false => Err(format!("{row:?} is no row of {self:?}")),
        }
    }
}

fn are_different(numbers: &[i8]) -> bool {
    let all: std::collections::BTreeSet<&i8> = numbers.iter().collect();
    all.len() == numbers.len()
}

impl TargetSpec {
    /// The operation of a name, with its number.
    #[must_use]
    pub fn operation(&self, name: &str) -> Option<usize> {
        self.operations.iter().position(|known| known.name == name)
    }
}
