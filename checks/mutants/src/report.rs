//! What the reader sees: the survivors, and the score by file and by operator.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::fate::{Fate, Trial};

/// How many mutants came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    /// All of them.
    pub made: usize,
    /// A scenario failed.
    pub failed: usize,
    /// A scenario became vacuous.
    pub vacuous: usize,
    /// A scenario did not end.
    pub endless: usize,
    /// Called equivalent, with a reason.
    pub equivalent: usize,
    /// Noticed by nobody.
    pub survived: usize,
    /// No scenario passes there.
    pub unreached: usize,
}

impl Score {
    fn add(&mut self, trial: &Trial) {
        self.made += 1;
        let count = match (&trial.equivalent, &trial.fate) {
            (_, Fate::Killed(_)) => &mut self.failed,
            (_, Fate::Vacuous(_)) => &mut self.vacuous,
            (_, Fate::Endless(_)) => &mut self.endless,
            (Some(_), _) => &mut self.equivalent,
            (None, Fate::Survived { .. }) => &mut self.survived,
            (None, Fate::Unreached) => &mut self.unreached,
        };
        *count += 1;
    }

    /// Of a hundred mutants that are not equivalent, how many the graph checker notices.
    #[must_use]
    pub fn percent(&self) -> f64 {
        let dead = self.failed + self.vacuous + self.endless;
        let all = self.made - self.equivalent;
        if all == 0 {
            return 100.0;
        }
        #[allow(clippy::cast_precision_loss, reason = "there are some thousands")]
        let percent = dead as f64 * 100.0 / all as f64;
        percent
    }
}

/// The score of all trials.
#[must_use]
pub fn total(trials: &[Trial]) -> Score {
    let mut total = Score::default();
    trials.iter().for_each(|trial| total.add(trial));
    total
}

/// The whole report.
#[must_use]
pub fn text(trials: &[Trial], objections: &[String]) -> String {
    let mut out = String::new();
    for trial in trials {
        if !trial.fate.is_dead() && trial.equivalent.is_none() {
            out += &survivor(trial);
        }
    }
    out += &table("file", trials, |trial| trial.file.clone());
    out += &table("operator", trials, |trial| trial.operator.to_string());
    for objection in objections {
        let _ = writeln!(out, "{objection}");
    }
    let total = total(trials);
    let dead = total.failed + total.vacuous + total.endless;
    let _ = writeln!(
        out,
        "{dead} of {} mutants that change something are noticed by the graph checker: {:.1} %",
        total.made - total.equivalent,
        total.percent()
    );
    out
}

/// One survivor, in the form in which it is called equivalent.
fn survivor(trial: &Trial) -> String {
    let mut out = format!("{}\n{} in {}\n", trial.name, trial.operator, trial.function);
    for (mark, lines) in [('-', &trial.before), ('+', &trial.after)] {
        for line in lines.lines() {
            let _ = writeln!(out, "{mark} {}", line.trim_end());
        }
    }
    let told = match &trial.fate {
        Fate::Survived { held, unknown } => {
            let mut told = format!("held: {}", held.join(", "));
            if !unknown.is_empty() {
                let _ = write!(told, "; too large to say: {}", unknown.join(", "));
            }
            told
        }
        _ => "no scenario gets here".to_owned(),
    };
    let _ = writeln!(out, "  {told}\n");
    out
}

fn table(what: &str, trials: &[Trial], group: impl Fn(&Trial) -> String) -> String {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for trial in trials {
        scores.entry(group(trial)).or_default().add(trial);
    }
    let mut out = format!(
        "{what:<34} {:>5} {:>6} {:>7} {:>7} {:>5} {:>8} {:>9} {:>6}\n",
        "made", "failed", "vacuous", "endless", "equiv", "survived", "unreached", "score"
    );
    for (name, score) in scores {
        let _ = writeln!(
            out,
            "{name:<34} {:>5} {:>6} {:>7} {:>7} {:>5} {:>8} {:>9} {:>5.1}%",
            score.made,
            score.failed,
            score.vacuous,
            score.endless,
            score.equivalent,
            score.survived,
            score.unreached,
            score.percent()
        );
    }
    out + "\n"
}
