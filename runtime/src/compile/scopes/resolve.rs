//! The second walk: a slot for every variable, and cells for those that nested functions capture.

use super::{Scope, ScopeId, ScopeKind, Scopes};
use crate::compile::code::{Slot, SlotKind};

/// Assigns slots: first to what each scope binds itself, then to what it captures.
pub(super) fn resolve(scopes: &mut Scopes) {
    let ids: Vec<ScopeId> = (0..scopes.all.len()).map(ScopeId).collect();
    for id in &ids {
        assign_own(scopes, *id);
    }
    for id in &ids {
        assign_used(scopes, *id);
    }
}

/// Module variables are globals; parameters come first because they were noted first.
fn assign_own(scopes: &mut Scopes, id: ScopeId) {
    if id == ScopeId::MODULE {
        return;
    }
    let owner = scopes.all[id.0].owner;
    for name in scopes.all[id.0].order.clone() {
        if scopes.all[id.0].symbols[&name].is_own() {
            let slot = add_slot(&mut scopes.all[owner.0], &name, SlotKind::Local);
            set_slot(scopes, id, &name, slot);
        }
    }
}

fn add_slot(owner: &mut Scope, name: &str, kind: SlotKind) -> u32 {
    owner.slots.push(Slot {
        name: name.into(),
        kind,
    });
    owner.slots.len() as u32 - 1
}

fn set_slot(scopes: &mut Scopes, id: ScopeId, name: &str, slot: u32) {
    if let Some(symbol) = scopes.all[id.0].symbols.get_mut(name) {
        symbol.slot = Some(slot);
    }
}

/// Finds the variables of functions around that a scope uses.
fn assign_used(scopes: &mut Scopes, id: ScopeId) {
    for name in scopes.all[id.0].order.clone() {
        let symbol = scopes.all[id.0].symbols[&name];
        if symbol.global || symbol.is_own() {
            continue;
        }
        if let Some(binder) = scopes.binder(id, &name) {
            let slot = reach(scopes, scopes.all[id.0].owner, binder, &name);
            set_slot(scopes, id, &name, slot);
        }
    }
}

/// The slot in the owner's frame that leads to a variable of the scope `binder`: the variable's own slot, or one for
/// a captured cell, added to every function in between.
fn reach(scopes: &mut Scopes, owner: ScopeId, binder: ScopeId, name: &str) -> u32 {
    if scopes.all[binder.0].owner == owner {
        let slot = scopes.all[binder.0].symbols[name].slot;
        return slot.unwrap_or_default();
    }
    let key = (binder, Box::from(name));
    if let Some(slot) = scopes.all[owner.0].captured.get(&key) {
        return *slot;
    }
    let around = frame_around(scopes, owner);
    let outer = reach(scopes, around, binder, name);
    let outer_slot = &mut scopes.all[around.0].slots[outer as usize];
    if outer_slot.kind == SlotKind::Local {
        outer_slot.kind = SlotKind::Cell;
    }
    let function = &mut scopes.all[owner.0];
    let slot = add_slot(function, name, SlotKind::Free);
    function.captured.insert(key, slot);
    function.closure.push(outer);
    slot
}

/// The function or module in whose frame a function is defined.
fn frame_around(scopes: &Scopes, function: ScopeId) -> ScopeId {
    debug_assert!(scopes.all[function.0].kind == ScopeKind::Function);
    let parent = scopes.all[function.0].parent.unwrap_or(ScopeId::MODULE);
    scopes.all[parent.0].owner
}
