//! One interleaving again: choices that were made before.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use interleavings::{Choice, Limits, Operation};
use runtime_program::engine::{Director, Stop};
use runtime_program::program::Program;

use crate::explore::{Exploration, Settings};
use crate::found::{Explored, Verdict};
use crate::token::{self, Token};

/// Choices that were made before, and where the program stopped to have them.
#[derive(Debug)]
struct Course {
    schedule: Vec<usize>,
    next: usize,
    misfit: Option<String>,
}

/// Makes the choices of a course.
struct Follow(Rc<RefCell<Course>>);

impl Director for Follow {
    fn choose(&mut self, next: &[Option<Operation>]) -> Choice {
        let able = |thread: &usize| {
            let next = next.get(*thread).and_then(Option::as_ref);
            next.is_some_and(|next| !next.waits)
        };
        let first = (0..next.len()).find(able);
        self.0.borrow_mut().choose(first, able)
    }
}

impl Course {
    fn choose(&mut self, first: Option<usize>, able: impl Fn(&usize) -> bool) -> Choice {
        let wanted = self.schedule.get(self.next).copied();
        self.next += 1;
        let chosen = wanted.filter(able);
        let misfit = match (wanted, chosen, first) {
            (None, _, Some(_)) => Some(format!(
                "the program goes on after choice {}",
                self.next - 1
            )),
            (Some(_), None, _) => Some(format!("choice {} cannot be made", self.next)),
            _ => None,
        };
        self.misfit = self.misfit.take().or(misfit);
        chosen.or(first).map_or(Choice::Ended, Choice::Run)
    }
}

/// Runs one interleaving again, which a token names.
///
/// # Errors
/// Why it cannot be run, or why that is no interleaving of this program.
pub fn replay(program: &Program, settings: &Settings, token: &str) -> Result<Explored, String> {
    let token = token::parse(token)?;
    let (mut exploration, begun) = Exploration::begin(program, settings, Limits::default())?;
    let started = Instant::now();
    if begun != Stop::Fork {
        return Err("the program has one thread, and so one interleaving".to_owned());
    }
    exploration.learn(settings, &token)?;
    exploration.engine.stop_everywhere();
    let stop = exploration.follow(&token.schedule)?;
    exploration.keep(&stop, token.schedule);
    let elapsed = started.elapsed();
    Ok(exploration.finish(Verdict::Sampled(1), elapsed))
}

impl Exploration {
    /// Finds the points that were found before the token was made; some are seen only in other interleavings.
    fn learn(&mut self, settings: &Settings, token: &Token) -> Result<(), String> {
        let started = Instant::now();
        if token.points.is_some() {
            let _ = self.search(settings, started);
            self.begin_again();
        }
        let points: Vec<String> = self.engine.added().collect();
        match token::points(&points) == token.points {
            true => self.engine.learn_no_more(),
            false => {
                return Err(
                    "the token does not fit the program: threads met in other places".to_owned(),
                );
            }
        }
        Ok(())
    }

    /// Makes these choices.
    pub(crate) fn follow(&mut self, schedule: &[usize]) -> Result<Stop, String> {
        let course = Rc::new(RefCell::new(Course {
            schedule: schedule.to_vec(),
            next: 0,
            misfit: None,
        }));
        self.engine.direct(Box::new(Follow(Rc::clone(&course))));
        let stop = self.engine.again();
        let misfit = course.borrow().misfit.clone();
        // What does not end was stopped somewhere.
        match misfit.filter(|_| stop != Stop::TooLong) {
            Some(reason) => Err(format!("the token does not fit the program: {reason}")),
            None => Ok(stop),
        }
    }
}
