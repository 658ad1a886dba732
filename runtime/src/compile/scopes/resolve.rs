//! The second walk: a slot for every variable, and cells for those that nested functions capture.

use super::{CLASS_CELL, CLASS_DICT, CONDITIONAL_ANNOTATIONS, Scope, ScopeId, ScopeKind, Scopes};
use crate::compile::code::{Slot, SlotKind};

/// Assigns slots: first to what each scope binds itself, then to what it captures.
pub(super) fn resolve(scopes: &mut Scopes) {
    let ids: Vec<ScopeId> = (0..scopes.all.len()).map(ScopeId).collect();
    for id in &ids {
        assign_own(scopes, *id);
    }
    for id in &ids {
        assign_implicit(scopes, *id);
    }
    for id in &ids {
        assign_used(scopes, *id);
    }
}

/// The cells of classes come before what they capture, as in every frame.
fn assign_implicit(scopes: &mut Scopes, id: ScopeId) {
    for name in [CLASS_CELL, CLASS_DICT, CONDITIONAL_ANNOTATIONS] {
        let symbol = scopes.all[id.0].symbols.get(name);
        if symbol.is_none_or(|symbol| symbol.is_own() || symbol.global) {
            continue;
        }
        if let Some(class) = scopes.binder(id, name)
            && scopes.all[class.0].kind == ScopeKind::Class
        {
            bound_slot(scopes, class, name);
        }
    }
}

/// The variables of modules and classes have no slots; parameters come first because they were noted first.
fn assign_own(scopes: &mut Scopes, id: ScopeId) {
    let kind = scopes.all[id.0].kind;
    if matches!(kind, ScopeKind::Module | ScopeKind::Class) {
        return;
    }
    let owner = scopes.all[id.0].owner;
    for name in scopes.all[id.0].order.clone() {
        if scopes.all[id.0].symbols[&name].is_own() {
            let hidden = kind == ScopeKind::Comprehension || name.starts_with('.');
            let slot = add_slot(&mut scopes.all[owner.0], &name, SlotKind::Local, hidden);
            set_slot(scopes, id, &name, slot);
        }
    }
}

fn add_slot(owner: &mut Scope, name: &str, kind: SlotKind, hidden: bool) -> u32 {
    owner.slots.push(Slot {
        name: name.into(),
        kind,
        hidden,
    });
    owner.slots.len() as u32 - 1
}

fn set_slot(scopes: &mut Scopes, id: ScopeId, name: &str, slot: u32) {
    if let Some(symbol) = scopes.all[id.0].symbols.get_mut(name) {
        symbol.slot = Some(slot);
    }
}

/// Finds the variables of the bodies around that a scope uses.
fn assign_used(scopes: &mut Scopes, id: ScopeId) {
    for name in scopes.all[id.0].order.clone() {
        let symbol = scopes.all[id.0].symbols[&name];
        if symbol.global || symbol.is_own() || is_hidden_by_class(scopes, id, &name) {
            continue;
        }
        if let Some(binder) = scopes.binder(id, &name) {
            let is_parameter = scopes.all[binder.0].kind == ScopeKind::TypeParameters;
            let slot = reach(scopes, scopes.all[id.0].owner, binder, &name);
            set_slot(scopes, id, &name, slot);
            if let Some(symbol) = scopes.all[id.0].symbols.get_mut(&name) {
                symbol.type_parameter |= is_parameter;
            }
        }
    }
}

/// Whether the class that an annotation sees binds the name itself: functions around the class are passed over then.
fn is_hidden_by_class(scopes: &Scopes, id: ScopeId, name: &str) -> bool {
    let parent = scopes.all[id.0].parent;
    let is_annotation = matches!(
        scopes.all[id.0].kind,
        ScopeKind::Annotation | ScopeKind::TypeParameters
    );
    let class = parent.filter(|_| is_annotation);
    let Some(class) = class.and_then(|parent| scopes.sees_class(parent)) else {
        return false;
    };
    let is_type_parameter = scopes.binder(id, name).is_some_and(|binder| binder > class);
    let symbol = scopes.all[class.0].symbols.get(name);
    !is_type_parameter && symbol.is_some_and(|symbol| symbol.is_own() || symbol.global)
}

/// The slot of a variable in the frame of the scope that binds it.
fn bound_slot(scopes: &mut Scopes, binder: ScopeId, name: &str) -> u32 {
    let scope = &mut scopes.all[binder.0];
    if scope.kind != ScopeKind::Class {
        return scope.symbols[name].slot.unwrap_or_default();
    }
    let known = [CLASS_CELL, CLASS_DICT, CONDITIONAL_ANNOTATIONS];
    let Some(key) = known.into_iter().find(|known| *known == name) else {
        return 0;
    };
    if let Some(slot) = scope.implicit.get(key) {
        return *slot;
    }
    let slot = add_slot(scope, key, SlotKind::Cell, false);
    scope.implicit.insert(key, slot);
    slot
}

/// The slot in the owner's frame that leads to a variable of the scope `binder`: the variable's own slot, or one for
/// a captured cell, added to every body in between.
fn reach(scopes: &mut Scopes, owner: ScopeId, binder: ScopeId, name: &str) -> u32 {
    if scopes.all[binder.0].owner == owner {
        return bound_slot(scopes, binder, name);
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
    let slot = add_slot(function, name, SlotKind::Free, false);
    function.captured.insert(key, slot);
    function.closure.push(outer);
    slot
}

/// The body in whose frame a function is defined.
fn frame_around(scopes: &Scopes, function: ScopeId) -> ScopeId {
    scopes.all[scopes.parent(function).0].owner
}
