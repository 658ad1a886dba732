//! Which steps decide: everything that an explanation is made of.

use std::collections::{BTreeMap, BTreeSet};

use super::Reason;
use super::cause::{Cause, is_broke};
use super::class::Class;
use super::known::Known;
use super::remarks;
use super::unordered::{self, Pair};
use super::wording;
use reports::failure::Failure;
use reports::plan::Limit;
use reports::trace::{Action, Coherence, Step, Trace, Write};

/// How many reads of others' values are shown where nothing better is known.
const SEEN: usize = 2;
/// How many of its own steps are shown where it saw nothing of others.
const DONE: usize = 2;
/// How many places have their coherence order shown.
const PLACES: usize = 4;
/// How many writes of each, the last ones.
const WRITES: usize = 6;

/// A failure, and what its trace knows.
pub(super) struct Evidence<'a> {
    pub(super) failure: &'a Failure,
    pub(super) trace: &'a Trace,
    pub(super) known: Option<Known<'a>>,
    pairs: Vec<Pair<'a>>,
}

impl<'a> Evidence<'a> {
    pub(super) fn of(failure: &'a Failure) -> Self {
        let trace = &failure.trace;
        let known = Known::of(trace);
        let accused = Accused::of(trace);
        let concerns = |step: &Step| step.subject().is_some_and(|subject| accused.names(subject));
        let mut pairs = match &known {
            Some(known) => unordered::pairs(known, concerns),
            None => Vec::new(),
        };
        // A stale read that nothing can be blamed for explains nothing, where there is something else to tell.
        if let Some(known) = &known {
            let told = pairs
                .iter()
                .any(|pair| !pair.is_stale() || pair.blame(known).is_some());
            pairs.retain(|pair| !told || !pair.is_stale() || pair.blame(known).is_some());
            if pairs
                .first()
                .is_some_and(|pair| !pair.is_stale() && pair.blame(known).is_some())
            {
                pairs.truncate(1);
            }
        }
        Self {
            failure,
            trace,
            known,
            pairs,
        }
    }

    /// The rule that broke.
    pub(super) fn broke(&self) -> Option<&'a Step> {
        self.trace.steps.iter().rfind(|step| is_broke(step))
    }

    /// The step that broke the rule.
    pub(super) fn failing(&self) -> Option<&'a Step> {
        unordered::failing(self.trace)
    }

    /// The two steps that nothing orders.
    pub(super) fn conflict(&self) -> Option<&Pair<'a>> {
        self.pairs.iter().find(|pair| !pair.is_stale())
    }

    /// The first pair of which something can be blamed.
    pub(super) fn blamed(&self) -> Option<&Pair<'a>> {
        let known = self.known.as_ref()?;
        self.pairs.iter().find(|pair| pair.blame(known).is_some())
    }

    /// Whether the failure is shown to need a stale read.
    pub(super) fn needs_stale_reads(&self) -> bool {
        let tried = self.failure.minimal.iter();
        let mut complete = tried.filter(|tried| tried.complete);
        complete.any(|tried| tried.within == Limit::StaleReads(0))
    }

    /// The steps without which there is nothing to tell.
    pub(super) fn deciding(&self, cause: &Cause) -> BTreeSet<usize> {
        let mut deciding = cause.steps.clone();
        deciding.extend(self.broke().map(|step| step.number));
        if !is_of_calls(cause.class) {
            deciding.extend(self.pairs.iter().flat_map(Pair::numbers));
        }
        // Where nothing better is known, what the thread saw of the others last is what led it there.
        if deciding.len() <= 1 {
            deciding.extend(self.seen_last());
        }
        if deciding.len() <= 1 {
            deciding.extend(self.done_last());
        }
        let fates = self.trace.blocks.iter().flat_map(|block| &block.history);
        deciding.extend(fates.filter_map(|fate| fate.step));
        deciding.retain(|number| self.trace.step(*number).is_some());
        deciding
    }

    /// The last reads of another worker's values by the thread that broke the rule, with the writes of those.
    fn seen_last(&self) -> BTreeSet<usize> {
        let thread = self.broke().map_or(0, |step| step.thread);
        let reads = self.trace.steps.iter().rev();
        let reads = reads.filter(|step| step.thread == thread || thread == 0);
        let foreign = reads.filter_map(|read| {
            let write = self.trace.step(read.memory.as_ref()?.from?.step()?)?;
            let foreign = write.thread != read.thread && write.thread != 0;
            foreign.then_some([read.number, write.number])
        });
        foreign.take(SEEN).flatten().collect()
    }

    /// The last steps of the thread that broke the rule, which nobody else had a part in.
    fn done_last(&self) -> BTreeSet<usize> {
        let thread = self.broke().map_or(0, |step| step.thread);
        let steps = self.trace.steps.iter().rev();
        let own = steps.filter(|step| step.thread == thread && step.subject().is_some());
        own.take(DONE).map(|step| step.number).collect()
    }

    /// The steps that belong to the deciding ones: of what those write, and of what the failure names.
    pub(super) fn related(&self, deciding: &BTreeSet<usize>) -> BTreeSet<usize> {
        let accused = Accused::of(self.trace);
        let steps = self.trace.steps.iter();
        let subjects: BTreeSet<&str> = steps
            .clone()
            .filter(|step| deciding.contains(&step.number))
            .filter_map(Step::subject)
            .collect();
        let is_related = |step: &&Step| {
            let subject = step.subject();
            subject.is_some_and(|subject| subjects.contains(subject) || accused.names(subject))
        };
        let related = steps.filter(|step| step.thread != 0).filter(is_related);
        related.map(|step| step.number).collect()
    }

    /// What rows say behind their actions.
    pub(super) fn remarks(&self) -> BTreeMap<usize, String> {
        let Some(known) = &self.known else {
            return BTreeMap::new();
        };
        let steps = self.trace.steps.iter();
        let remarks = steps.map(|step| (step.number, remarks::remark(known, step)));
        remarks.filter(|(_, remark)| !remark.is_empty()).collect()
    }

    /// Why the deciding steps are at odds.
    pub(super) fn reasons(&self, class: Class) -> Vec<Reason> {
        let Some(known) = self.known.as_ref().filter(|_| !is_of_calls(class)) else {
            return Vec::new();
        };
        let pairs = self.pairs.iter().map(|pair| {
            let mut lines = pair.lines(known);
            Reason {
                heading: lines.remove(0),
                lines,
                steps: pair.numbers(),
            }
        });
        let orders = self.orders(known);
        let orders = (!orders.is_empty()).then(|| Reason {
            heading: "coherence order".to_owned(),
            lines: orders,
            steps: BTreeSet::new(),
        });
        pairs.chain(orders).collect()
    }

    /// The coherence orders that say more than the rows: those of stale reads, and of places with several writes.
    fn orders(&self, known: &Known<'_>) -> Vec<String> {
        let all: BTreeSet<&str> = self.pairs.iter().flat_map(Pair::places).collect();
        let stale = self.pairs.iter().filter(|pair| pair.is_stale());
        let stale: BTreeSet<&str> = stale.flat_map(Pair::places).collect();
        let tells = |order: &&Coherence| {
            let place = order.place.as_str();
            stale.contains(place) || (all.contains(place) && order.writes.len() > 2)
        };
        let orders = known.trace().coherence.iter().filter(tells);
        orders
            .take(PLACES)
            .map(|order| sequence(known, order))
            .collect()
    }
}

/// Whether whole calls go wrong, so that a stale read is beside the point.
fn is_of_calls(class: Class) -> bool {
    matches!(
        class,
        Class::LostUpdate | Class::TornRead | Class::NotLinearizable
    )
}

/// `data: the initial value, 7 (step 3), 8 (step 9)`.
fn sequence(known: &Known<'_>, order: &Coherence) -> String {
    let left_out = order.writes.len().saturating_sub(WRITES);
    let writes = order.writes[left_out..].iter();
    let mut words: Vec<String> = writes.map(|write| described(known, *write)).collect();
    if left_out > 0 {
        words.insert(0, format!("{left_out} older"));
    }
    format!("{}: {}", order.place, words.join(", "))
}

fn described(known: &Known<'_>, write: Write) -> String {
    let Write::Step(number) = write else {
        return match write {
            Write::Initial => "the initial value".to_owned(),
            _ => "what is not shown".to_owned(),
        };
    };
    match known.step(number).and_then(wording::written) {
        Some(value) => format!("{value} (step {number})"),
        None => format!("step {number}"),
    }
}

/// What the failure is about: the blocks that it names, and what its words mention.
struct Accused<'a> {
    blocks: Vec<&'a str>,
    words: Vec<&'a str>,
}

impl<'a> Accused<'a> {
    fn of(trace: &'a Trace) -> Self {
        let broke = trace
            .steps
            .iter()
            .rev()
            .find_map(|step| match &step.action {
                Action::Broke { claim, detail } => Some(vec![claim.as_str(), detail.as_str()]),
                _ => None,
            });
        let blocks = trace.blocks.iter();
        Self {
            blocks: blocks.map(|block| block.name.as_str()).collect(),
            words: broke.unwrap_or_default(),
        }
    }

    fn names(&self, subject: &str) -> bool {
        let root = subject.split('.').next().unwrap_or(subject);
        self.blocks.contains(&root) || self.words(subject)
    }

    /// Whether the words mention it.
    fn words(&self, subject: &str) -> bool {
        self.words.iter().any(|words| mentions(words, subject))
    }
}

/// Whether the words contain the name, and not only as the start of a longer one.
fn mentions(words: &str, name: &str) -> bool {
    words.match_indices(name).any(|(at, _)| {
        let after = words[at + name.len()..].chars().next();
        !after.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn a_name_is_not_mentioned_by_a_longer_one() {
        assert!(mentions("`object#1` was freed", "object#1"));
        assert!(!mentions("`object#12` was freed", "object#1"));
        assert!(!mentions("`object#1.tag` is read", "object#1"));
    }
}
