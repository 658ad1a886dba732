//! Scopes: which names each function binds, and where every name of a program lives at run time.
//!
//! Two walks. [`collect`] reads the tree and notes, per scope, how each name is used. [`resolve`] then gives every
//! variable a slot and every use a [`Place`]. A comprehension is a scope of its own but runs in the frame of the
//! function around it (its *owner*), as since PEP 709; its variables get slots that no other name reaches.

mod collect;
mod resolve;

use std::collections::BTreeMap;

use ruff_python_ast::ModModule;

use crate::compile::code::{Slot, SlotKind};
use crate::syntax::{Span, SyntaxError};

/// Index of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ScopeId(usize);

impl ScopeId {
    /// The module.
    pub(super) const MODULE: ScopeId = ScopeId(0);
}

/// What opens a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScopeKind {
    Module,
    Function,
    Comprehension,
}

/// How a scope uses a name.
#[derive(Clone, Copy, Debug, Default)]
struct Symbol {
    parameter: bool,
    bound: bool,
    used: bool,
    global: bool,
    nonlocal: bool,
    /// The slot in the owner's frame, once it has one.
    slot: Option<u32>,
}

/// One scope.
#[derive(Debug)]
struct Scope {
    kind: ScopeKind,
    parent: Option<ScopeId>,
    /// The function or module in whose frame it runs; itself unless it is a comprehension.
    owner: ScopeId,
    symbols: BTreeMap<Box<str>, Symbol>,
    /// The names in order of appearance, which is the order of their slots.
    order: Vec<Box<str>>,
    /// For an owner: the slots of its frame.
    slots: Vec<Slot>,
    /// For an owner: the slot of each captured variable, by the scope that binds it.
    captured: BTreeMap<(ScopeId, Box<str>), u32>,
    /// For an owner: for each captured variable, where the function around finds its cell.
    closure: Vec<u32>,
}

/// Where a name lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a slot.
    Fast(u32),
    /// In the cell in a slot.
    Deref(u32),
    /// Among the globals or the builtins.
    Global,
}

/// All scopes of a module.
#[derive(Debug)]
pub(super) struct Scopes {
    all: Vec<Scope>,
    /// The scope that a function, lambda or comprehension opens, by its source range.
    by_span: BTreeMap<Span, ScopeId>,
}

impl Scopes {
    /// Analyses a module.
    pub(super) fn analyse(module: &ModModule) -> Result<Self, SyntaxError> {
        let mut scopes = collect::collect(module)?;
        resolve::resolve(&mut scopes);
        Ok(scopes)
    }

    /// The scope that the node at a source range opens.
    pub(super) fn opened_at(&self, span: Span) -> ScopeId {
        self.by_span[&span]
    }

    /// Where a name that the scope uses lives.
    pub(super) fn place(&self, scope: ScopeId, name: &str) -> Place {
        let slots = &self.all[self.all[scope.0].owner.0].slots;
        match self.all[scope.0]
            .symbols
            .get(name)
            .and_then(|symbol| symbol.slot)
        {
            None => Place::Global,
            Some(slot) if slots[slot as usize].kind == SlotKind::Local => Place::Fast(slot),
            Some(slot) => Place::Deref(slot),
        }
    }

    /// The slots of a function's frame.
    pub(super) fn slots(&self, owner: ScopeId) -> &[Slot] {
        &self.all[owner.0].slots
    }

    /// Slots in the frame around a function whose cells it captures.
    pub(super) fn closure(&self, function: ScopeId) -> &[u32] {
        &self.all[function.0].closure
    }

    /// Slots of the variables that a scope itself binds.
    pub(super) fn own_slots(&self, scope: ScopeId) -> Vec<u32> {
        let found = &self.all[scope.0];
        let own = |name: &str| {
            let symbol = found.symbols.get(name)?;
            symbol.is_own().then_some(symbol.slot).flatten()
        };
        found.order.iter().filter_map(|name| own(name)).collect()
    }

    /// Whether a scope declares the name global.
    pub(super) fn is_declared_global(&self, scope: ScopeId, name: &str) -> bool {
        self.all[scope.0]
            .symbols
            .get(name)
            .is_some_and(|symbol| symbol.global)
    }

    /// The nearest scope around that has a variable of that name; none if it is a global.
    fn binder(&self, from: ScopeId, name: &str) -> Option<ScopeId> {
        let mut scope = self.all[from.0].parent;
        while let Some(id) = scope.filter(|id| *id != ScopeId::MODULE) {
            let found = &self.all[id.0];
            match found.symbols.get(name) {
                Some(symbol) if symbol.is_own() => return Some(id),
                Some(symbol) if symbol.global => return None,
                _ => scope = found.parent,
            }
        }
        None
    }
}

impl Symbol {
    /// Whether the scope has a variable of its own for it.
    fn is_own(&self) -> bool {
        self.bound && !self.global && !self.nonlocal
    }
}

#[cfg(test)]
mod tests;
