//! Puts the steps of an execution into an order that is easy to read.
//!
//! Many orders of the steps are the same execution: those that keep each thread's program order, the order of all accesses
//! of one place, block, lock or key of which one is a write, and who learnt of whom. Of these the one with the fewest
//! switches between workers is chosen, and among those the one in which the two steps of a conflict stand closest.

mod needs;
mod preemptions;

use std::collections::{BTreeMap, HashMap};

use crate::trace::{Action, Step, Trace, Write};

use needs::needs;

pub use self::preemptions::preemptions;

/// More combinations of positions than these are not searched; the order stays as it is.
const MOST: usize = 200_000;

/// What a switch costs, in steps between the two of a conflict.
const SWITCH: usize = 1_000_000;

/// Puts the steps into reading order and numbers them anew. What the trace says of the execution stays true.
pub fn reorder(trace: &mut Trace) {
    let units = units(trace);
    let Some(order) = order(trace, &units) else {
        return;
    };
    let old = std::mem::take(&mut trace.steps);
    let base = old
        .first()
        .map_or(0, |step| step.number - usize::from(!step.is_bracket()));
    let mut slots: Vec<Option<Step>> = old.into_iter().map(Some).collect();
    for unit in order {
        let steps = units[unit].steps.iter();
        let steps = steps.filter_map(|at| slots[*at].take());
        trace.steps.extend(steps.collect::<Vec<_>>());
    }
    number(trace, base);
    switches(trace);
}

/// A step with the begins before it and the ends behind it: what is moved together.
struct Unit {
    thread: usize,
    /// Positions in the trace, in program order.
    steps: Vec<usize>,
    /// Where the step itself stands, if the unit has one.
    step: Option<usize>,
}

fn units(trace: &Trace) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut last: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, step) in trace.steps.iter().enumerate() {
        let ends = matches!(step.action, Action::End { .. });
        let open = last.get(&step.thread).copied();
        let joined = open.filter(|unit| ends || units[*unit].step.is_none());
        let unit = joined.unwrap_or(units.len());
        if unit == units.len() {
            units.push(Unit {
                thread: step.thread,
                steps: Vec::new(),
                step: None,
            });
            last.insert(step.thread, unit);
        }
        units[unit].steps.push(at);
        if !step.is_bracket() {
            units[unit].step = Some(at);
        }
    }
    units
}

/// The units in reading order; none where there is no better one, or it is too dear to look for it.
fn order(trace: &Trace, units: &[Unit]) -> Option<Vec<usize>> {
    let needs = needs(trace, units);
    let broke = units.iter().rposition(|unit| {
        let step = unit.step.map(|at| &trace.steps[at].action);
        matches!(step, Some(Action::Broke { .. }))
    });
    let first = units.iter().position(|unit| unit.thread != 0)?;
    let spawned = units.iter().rposition(|unit| {
        let step = unit.step.map(|at| &trace.steps[at].action);
        unit.thread == 0 && matches!(step, Some(Action::Spawn { .. }))
    });
    let start = spawned.map_or(first, |spawned| first.max(spawned + 1));
    let is_main = |unit: &usize| units[*unit].thread == 0;
    let before: Vec<usize> = (0..start).filter(is_main).collect();
    let after: Vec<usize> = (start..units.len())
        .filter(|unit| is_main(unit) && Some(*unit) != broke)
        .collect();
    let workers: Vec<usize> = (0..units.len())
        .filter(|unit| !is_main(unit) && Some(*unit) != broke)
        .collect();
    // What the main thread does while the workers run must not matter to them.
    let depends = |unit: &usize| needs[*unit].iter().any(|need| after.contains(need));
    if workers.iter().any(depends)
        || before
            .iter()
            .any(|unit| depends_on(&needs, *unit, &workers))
    {
        return None;
    }
    let merged = merge(trace, units, &needs, &workers)?;
    Some([before, merged, after, broke.into_iter().collect()].concat())
}

fn depends_on(needs: &[Vec<usize>], unit: usize, others: &[usize]) -> bool {
    needs[unit]
        .iter()
        .any(|need| others.binary_search(need).is_ok())
}

/// One thread's units, and for each how far every thread must have come before it.
struct Lane {
    units: Vec<usize>,
    needs: Vec<Vec<usize>>,
}

fn lanes(units: &[Unit], needs: &[Vec<usize>], workers: &[usize]) -> Vec<Lane> {
    let mut threads: Vec<usize> = workers.iter().map(|unit| units[*unit].thread).collect();
    threads.sort_unstable();
    threads.dedup();
    let own = |thread: &usize| {
        let own = workers.iter().copied();
        own.filter(|unit| units[*unit].thread == *thread)
            .collect::<Vec<_>>()
    };
    let all: Vec<Vec<usize>> = threads.iter().map(own).collect();
    let mut place: HashMap<usize, (usize, usize)> = HashMap::new();
    for (lane, own) in all.iter().enumerate() {
        place.extend(own.iter().enumerate().map(|(at, unit)| (*unit, (lane, at))));
    }
    let goal = |unit: &usize| {
        let mut goal = vec![0; all.len()];
        for need in needs[*unit].iter().filter_map(|need| place.get(need)) {
            goal[need.0] = goal[need.0].max(need.1 + 1);
        }
        goal
    };
    let lane = |own: &Vec<usize>| Lane {
        units: own.clone(),
        needs: own.iter().map(goal).collect(),
    };
    all.iter().map(lane).collect()
}

/// Where each thread is, and which one ran last.
type State = (Vec<usize>, usize);

/// The workers' units with the fewest switches, by dynamic programming over how far each thread is.
fn merge(
    trace: &Trace,
    units: &[Unit],
    needs: &[Vec<usize>],
    workers: &[usize],
) -> Option<Vec<usize>> {
    let lanes = lanes(units, needs, workers);
    let combinations = lanes.iter().try_fold(1_usize, |product, lane| {
        product.checked_mul(lane.units.len() + 1)
    });
    combinations.filter(|count| *count <= MOST)?;
    let apart = |lane: usize, at: usize| {
        let step = units[lanes[lane].units[at]].step;
        step.is_some_and(|step| trace.conflict.contains(&trace.steps[step].number))
    };
    let mut reached: HashMap<State, (usize, bool)> = HashMap::new();
    let mut back: HashMap<State, State> = HashMap::new();
    reached.insert((vec![0; lanes.len()], usize::MAX), (0, false));
    let mut layer: Vec<State> = reached.keys().cloned().collect();
    for _ in 0..workers.len() {
        let mut next: BTreeMap<State, (usize, bool, State)> = BTreeMap::new();
        for state in &layer {
            let (cost, between) = reached[state];
            for (lane, here) in lanes.iter().enumerate() {
                let at = state.0[lane];
                let can = here
                    .needs
                    .get(at)
                    .is_some_and(|goal| goal.iter().zip(&state.0).all(|(goal, now)| now >= goal));
                if !can {
                    continue;
                }
                let between_now = between ^ apart(lane, at);
                let switch = if state.1 == lane || state.1 == usize::MAX {
                    0
                } else {
                    SWITCH
                };
                let cost = cost + switch + usize::from(between_now);
                let mut positions = state.0.clone();
                positions[lane] += 1;
                let entry = next.entry((positions, lane));
                let better = (cost, between_now, state.clone());
                entry
                    .and_modify(|known| {
                        if better.0 < known.0 {
                            *known = better.clone();
                        }
                    })
                    .or_insert(better);
            }
        }
        layer = next.keys().cloned().collect();
        for (state, (cost, between, before)) in next {
            back.insert(state.clone(), before);
            reached.insert(state, (cost, between));
        }
    }
    // The later thread last, so that the earlier one comes first where it does not matter.
    let end = layer
        .into_iter()
        .rev()
        .min_by_key(|state| reached[state].0)?;
    Some(walk(&lanes, &back, end))
}

fn walk(lanes: &[Lane], back: &HashMap<State, State>, mut state: State) -> Vec<usize> {
    let mut order = Vec::new();
    while let Some(before) = back.get(&state) {
        let lane = &lanes[state.1];
        order.push(lane.units[state.0[state.1] - 1]);
        state = before.clone();
    }
    order.reverse();
    order
}

/// Numbers the steps anew, and all that refers to them.
fn number(trace: &mut Trace, base: usize) {
    let mut count = base;
    let mut new: HashMap<usize, usize> = HashMap::new();
    for step in &mut trace.steps {
        if !step.is_bracket() {
            count += 1;
            new.insert(step.number, count);
        }
        step.number = count;
    }
    let renumber = |number: &mut usize| *number = new.get(number).copied().unwrap_or(*number);
    let rewrite = |write: &mut Write| {
        if let Write::Step(number) = write {
            renumber(number);
        }
    };
    for memory in trace
        .steps
        .iter_mut()
        .filter_map(|step| step.memory.as_mut())
    {
        memory
            .from
            .iter_mut()
            .chain(&mut memory.newest)
            .for_each(rewrite);
        memory.after.iter_mut().for_each(renumber);
    }
    let orders = trace.coherence.iter_mut();
    orders.flat_map(|order| &mut order.writes).for_each(rewrite);
    trace.conflict.iter_mut().for_each(renumber);
    let fates = trace.blocks.iter_mut().flat_map(|block| &mut block.history);
    fates
        .filter_map(|fate| fate.step.as_mut())
        .for_each(renumber);
}

/// Says anew why each thread runs.
fn switches(trace: &mut Trace) {
    let threads = &trace.threads;
    let name = |thread: usize| threads.get(thread).map_or("?", String::as_str);
    let mut last: Option<usize> = None;
    let mut pauses: HashMap<usize, Option<String>> = HashMap::new();
    for step in &mut trace.steps {
        step.switch = last.filter(|last| *last != step.thread).map(|last| {
            let pause = pauses.get(&last).and_then(Option::as_deref);
            format!("{} {}", name(last), pause.unwrap_or("is preempted"))
        });
        last = Some(step.thread);
        pauses.insert(step.thread, step.pause.clone());
    }
}
