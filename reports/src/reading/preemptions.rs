//! How few preemptions an execution needs, in whatever order its steps are run.

use std::collections::BTreeMap;

use super::needs::needs;
use super::{Lane, MOST, State, Unit, lanes, units};
use crate::trace::{Action, Trace};

/// The fewest preemptions with which the failure can come about: switches away from a worker that could have gone on.
/// Steps that the failure does not depend on need not have run. `None` where it is too dear to look.
#[must_use]
pub fn preemptions(trace: &Trace) -> Option<usize> {
    let units = units(trace);
    let needs = needs(trace, &units);
    let end = units.iter().rposition(|unit| is_end(trace, unit))?;
    let worker = |unit: &usize| units[*unit].thread != 0 && *unit != end;
    let workers: Vec<usize> = (0..units.len()).filter(worker).collect();
    let lanes = lanes(&units, &needs, &workers);
    let goal = goal(trace, &units, &needs, &lanes, end);
    let combinations = lanes.iter().try_fold(1_usize, |product, lane| {
        product.checked_mul(lane.units.len() + 1)
    });
    combinations.filter(|count| *count <= MOST)?;
    let walk = Walk {
        trace,
        units: &units,
        lanes: &lanes,
        last: units[end].thread,
    };
    walk.fewest(&goal)
}

fn is_end(trace: &Trace, unit: &Unit) -> bool {
    let action = unit.step.map(|at| &trace.steps[at].action);
    matches!(action, Some(Action::Broke { .. }))
}

/// How far each lane must have come before the failure.
fn goal(
    trace: &Trace,
    units: &[Unit],
    needs: &[Vec<usize>],
    lanes: &[Lane],
    end: usize,
) -> Vec<usize> {
    let conflict = units.iter().enumerate().filter(|(_, unit)| {
        let step = unit.step.map(|at| trace.steps[at].number);
        step.is_some_and(|number| trace.conflict.contains(&number))
    });
    // What went wrong in a worker depends on what it knew; a leak, a claim at the end and a wait on all that was done.
    let depends = match units[end].thread == 0 || !trace.waits.is_empty() {
        true => (0..units.len()).collect(),
        false => closure(units, needs, conflict.map(|(unit, _)| unit).chain([end])),
    };
    let reached = |lane: &Lane| {
        let mut own = lane.units.iter();
        own.rposition(|unit| depends.contains(unit))
            .map_or(0, |at| at + 1)
    };
    lanes.iter().map(reached).collect()
}

/// These units and all that they depend on.
fn closure(units: &[Unit], needs: &[Vec<usize>], from: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut open: Vec<usize> = from.collect();
    let mut found: Vec<usize> = Vec::new();
    while let Some(unit) = open.pop() {
        if found.contains(&unit) {
            continue;
        }
        found.push(unit);
        open.extend(&needs[unit]);
        let own = |other: &usize| units[*other].thread == units[unit].thread;
        open.extend((0..unit).rev().find(own));
    }
    found
}

struct Walk<'a> {
    trace: &'a Trace,
    units: &'a [Unit],
    lanes: &'a [Lane],
    /// The thread that the failure is met in.
    last: usize,
}

impl Walk<'_> {
    /// Layer by layer: after one step, two steps, and so on, the cheapest way to be anywhere.
    fn fewest(&self, goal: &[usize]) -> Option<usize> {
        let mut layer: BTreeMap<State, usize> = BTreeMap::new();
        layer.insert((vec![0; self.lanes.len()], usize::MAX), 0);
        let mut best: Option<usize> = None;
        while !layer.is_empty() {
            let mut next: BTreeMap<State, usize> = BTreeMap::new();
            for (state, cost) in &layer {
                if state.0.iter().zip(goal).all(|(now, goal)| now >= goal) {
                    let cost = cost + self.ending(state);
                    best = Some(best.map_or(cost, |best| best.min(cost)));
                }
                for (to, cost) in self.steps(state, *cost) {
                    let known = next.entry(to).or_insert(cost);
                    *known = cost.min(*known);
                }
            }
            layer = next;
            layer.retain(|_, cost| best.is_none_or(|best| *cost < best));
        }
        best
    }

    fn steps(&self, state: &State, cost: usize) -> Vec<(State, usize)> {
        let enabled = |(lane, here): (usize, &Lane)| {
            let goal = here.needs.get(state.0[lane])?;
            if goal.iter().zip(&state.0).any(|(goal, now)| now < goal) {
                return None;
            }
            let preempts = state.1 != lane && self.could_go_on(state);
            let mut positions = state.0.clone();
            positions[lane] += 1;
            Some(((positions, lane), cost + usize::from(preempts)))
        };
        self.lanes.iter().enumerate().filter_map(enabled).collect()
    }

    /// Whether the worker that ran last neither waits nor has ended.
    fn could_go_on(&self, (positions, last): &State) -> bool {
        let Some(lane) = self.lanes.get(*last) else {
            return false;
        };
        let unit = &self.units[lane.units[positions[*last] - 1]];
        let paused = unit
            .steps
            .iter()
            .any(|at| self.trace.steps[*at].pause.is_some());
        !paused
    }

    /// The switch to the thread that meets the failure, if it is one.
    fn ending(&self, state: &State) -> usize {
        let lane = self.lanes.get(state.1);
        let thread = lane.and_then(|lane| lane.units.first());
        let same = thread.is_none_or(|unit| self.units[*unit].thread == self.last);
        usize::from(self.last != 0 && !same && self.could_go_on(state))
    }
}
