//! Scopes: which names each body binds, and where every name of a program lives at run time.
//!
//! Two walks. [`collect`] reads the tree and notes, per scope, how each name is used. [`resolve`] then gives every
//! variable a slot and every use a [`Place`]. A comprehension is a scope of its own but runs in the frame of the
//! body around it (its *owner*), as since PEP 709; its variables get slots that no other name reaches. A class's
//! names live in its namespace, and no scope inside it sees them, except annotations directly in it (PEP 649).

mod annotate;
mod collect;
mod declare;
mod loops;
mod mangle;
mod resolve;

use std::collections::BTreeMap;

use ruff_python_ast::{Expr, Stmt};

use crate::compile::code::{Execution, Slot, SlotKind};
use crate::syntax::{Span, SyntaxError};

pub(super) use annotate::MODULE_SPAN;
use mangle::{Private, mangle};

/// The cell that a class body makes for `super()` and `__class__`.
pub(super) const CLASS_CELL: &str = "__class__";
/// The cell through which annotations see the namespace of the class around them.
pub(super) const CLASS_DICT: &str = "__classdict__";
/// The set of the annotations that have been passed, where some may not be.
pub(super) const CONDITIONAL_ANNOTATIONS: &str = "__conditional_annotations__";

/// Index of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ScopeId(usize);

impl ScopeId {
    /// The module.
    pub(super) const MODULE: ScopeId = ScopeId(0);
}

/// What opens a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ScopeKind {
    Module,
    Class,
    Function,
    Lambda,
    /// A list, set or dict comprehension.
    Comprehension,
    /// A generator expression.
    Generator,
    /// Annotations, or a bound, a default or the value of an alias.
    Annotation,
    /// The type parameters of a function, class or alias.
    TypeParameters,
}

/// How a scope uses a name.
#[derive(Clone, Copy, Debug, Default)]
struct Symbol {
    parameter: bool,
    bound: bool,
    used: bool,
    global: bool,
    nonlocal: bool,
    /// A simple name that an annotation statement names.
    annotated: bool,
    type_parameter: bool,
    /// Bound by the targets of the comprehension itself.
    iteration: bool,
    /// The slot in the owner's frame, once it has one.
    slot: Option<u32>,
}

/// One scope.
#[derive(Debug)]
struct Scope {
    kind: ScopeKind,
    parent: Option<ScopeId>,
    /// The body in whose frame it runs; itself unless it is a comprehension.
    owner: ScopeId,
    /// The class whose name mangles private names.
    private: Option<Private>,
    symbols: BTreeMap<Box<str>, Symbol>,
    /// The names in order of appearance, which is the order of their slots.
    order: Vec<Box<str>>,
    /// For an owner: the slots of its frame.
    slots: Vec<Slot>,
    /// For an owner: the slot of each captured variable, by the scope that binds it.
    captured: BTreeMap<(ScopeId, Box<str>), u32>,
    /// For an owner: for each captured variable, where the body around finds its cell.
    closure: Vec<u32>,
    /// For a class: the cells that it makes without a statement that binds them.
    implicit: BTreeMap<&'static str, u32>,
    /// Whether the function is written with `async`.
    is_async: bool,
    yields: bool,
    awaits: bool,
    /// For a class or module: its names with annotations.
    has_annotations: bool,
    /// For a class: the attributes of `self` that its methods assign.
    static_attributes: Vec<Box<str>>,
    /// For a comprehension: what it is called in complaints.
    word: &'static str,
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
    /// In the frame's locals, or else among the globals or the builtins.
    Name,
    /// In a class body: in its locals, or else in the cell in a slot.
    LocalsOrDeref(u32),
    /// In an annotation of a class: in the namespace that the cell in the first slot holds, or else in the second's.
    DictOrDeref(u32, u32),
    /// In an annotation of a class: in the namespace that the cell in the slot holds, or else a global.
    DictOrGlobal(u32),
}

/// All scopes of a module.
#[derive(Debug)]
pub(super) struct Scopes {
    all: Vec<Scope>,
    /// The scope that a node opens, by its source range.
    by_span: BTreeMap<(Span, ScopeKind), ScopeId>,
    /// Whether a module's locals may be another mapping than its globals.
    separate_locals: bool,
}

/// What is analysed.
#[derive(Clone, Copy)]
pub(super) enum Program<'a> {
    /// Statements.
    Body(&'a [Stmt]),
    /// What `eval` takes.
    Expression(&'a Expr),
}

impl Scopes {
    /// Analyses a program.
    pub(super) fn analyse(
        program: Program<'_>,
        separate_locals: bool,
        future_annotations: bool,
    ) -> Result<Self, SyntaxError> {
        let mut scopes = collect::collect(program, future_annotations)?;
        scopes.separate_locals = separate_locals;
        resolve::resolve(&mut scopes);
        Ok(scopes)
    }

    fn get(&self, id: ScopeId) -> &Scope {
        &self.all[id.0]
    }

    /// The scope of a kind that the node at a source range opens.
    pub(super) fn opened_at(&self, span: Span, kind: ScopeKind) -> ScopeId {
        self.by_span[&(span, kind)]
    }

    /// As [`opened_at`](Self::opened_at) for a node that may not have opened one.
    pub(super) fn find(&self, span: Span, kind: ScopeKind) -> Option<ScopeId> {
        self.by_span.get(&(span, kind)).copied()
    }

    pub(super) fn kind(&self, scope: ScopeId) -> ScopeKind {
        self.get(scope).kind
    }

    pub(super) fn parent(&self, scope: ScopeId) -> ScopeId {
        self.get(scope).parent.unwrap_or(ScopeId::MODULE)
    }

    /// A name as it is written in a scope, with its class in front if it is private.
    pub(super) fn mangle(&self, scope: ScopeId, name: &str) -> Box<str> {
        mangle(self.get(scope).private.as_ref(), name)
    }

    /// Where a name (mangled) that the scope uses lives.
    pub(super) fn place(&self, scope: ScopeId, name: &str) -> Place {
        let found = self.get(scope);
        let symbol = found.symbols.get(name).copied().unwrap_or_default();
        match symbol.slot {
            None => self.place_without_slot(scope, symbol),
            Some(slot) => self.place_in_slot(scope, symbol, slot),
        }
    }

    fn place_without_slot(&self, scope: ScopeId, symbol: Symbol) -> Place {
        let class_dict = self.class_dict(scope);
        match self.get(scope).kind {
            _ if symbol.global => Place::Global,
            ScopeKind::Class => Place::Name,
            ScopeKind::Module if self.separate_locals => Place::Name,
            ScopeKind::Comprehension
                if self.get(scope).owner == ScopeId::MODULE && self.separate_locals =>
            {
                Place::Name
            }
            _ => class_dict.map_or(Place::Global, Place::DictOrGlobal),
        }
    }

    fn place_in_slot(&self, scope: ScopeId, symbol: Symbol, slot: u32) -> Place {
        let found = self.get(scope);
        if self.get(found.owner).slots[slot as usize].kind == SlotKind::Local {
            return Place::Fast(slot);
        }
        if found.kind == ScopeKind::Class && !symbol.type_parameter {
            return Place::LocalsOrDeref(slot);
        }
        match self.class_dict(scope) {
            Some(dict) if !symbol.type_parameter => Place::DictOrDeref(dict, slot),
            _ => Place::Deref(slot),
        }
    }

    /// The slot of the class's namespace, in an annotation that sees it.
    fn class_dict(&self, scope: ScopeId) -> Option<u32> {
        self.sees_class(scope)
            .and(self.get(scope).symbols.get(CLASS_DICT)?.slot)
    }

    /// The class whose namespace an annotation, directly in it, sees.
    fn sees_class(&self, scope: ScopeId) -> Option<ScopeId> {
        let mut scope = scope;
        loop {
            let found = self.get(scope);
            match found.kind {
                ScopeKind::Class => return Some(scope),
                ScopeKind::Annotation | ScopeKind::TypeParameters => scope = found.parent?,
                _ => return None,
            }
        }
    }

    /// The slots of a frame.
    pub(super) fn slots(&self, owner: ScopeId) -> &[Slot] {
        &self.get(owner).slots
    }

    /// Slots in the frame around a function whose cells it captures.
    pub(super) fn closure(&self, function: ScopeId) -> &[u32] {
        &self.get(function).closure
    }

    /// Slots of the variables that a scope itself binds.
    pub(super) fn own_slots(&self, scope: ScopeId) -> Vec<u32> {
        let found = self.get(scope);
        let own = |name: &str| {
            let symbol = found.symbols.get(name)?;
            symbol.is_own().then_some(symbol.slot).flatten()
        };
        let implicit = found.implicit.values().copied();
        let own = found.order.iter().filter_map(|name| own(name));
        own.chain(implicit).collect()
    }

    /// The slot of a cell that a class makes without a statement that binds it.
    pub(super) fn implicit(&self, class: ScopeId, name: &str) -> Option<u32> {
        self.get(class).implicit.get(name).copied()
    }

    /// Whether a scope declares the name global.
    pub(super) fn is_declared_global(&self, scope: ScopeId, name: &str) -> bool {
        let symbol = self.get(scope).symbols.get(name);
        symbol.is_some_and(|symbol| symbol.global)
    }

    /// How a call of a function goes.
    pub(super) fn execution(&self, function: ScopeId) -> Execution {
        let found = self.get(function);
        let is_async = found.is_async || found.kind == ScopeKind::Generator && found.awaits;
        match (is_async, found.yields) {
            (false, false) => Execution::Plain,
            (false, true) => Execution::Generator,
            (true, false) => Execution::Coroutine,
            (true, true) => Execution::AsyncGenerator,
        }
    }

    /// Whether awaiting is allowed in the frame that the scope runs in.
    pub(super) fn may_await(&self, scope: ScopeId) -> bool {
        let owner = self.get(self.get(scope).owner);
        owner.is_async
    }

    /// Whether a class or module has annotations that may be asked for.
    pub(super) fn has_annotations(&self, scope: ScopeId) -> bool {
        self.get(scope).has_annotations
    }

    /// The attributes of `self` that a class's methods assign.
    pub(super) fn static_attributes(&self, class: ScopeId) -> &[Box<str>] {
        &self.get(class).static_attributes
    }

    /// Whether a scope stands inside a function.
    pub(super) fn is_nested(&self, scope: ScopeId) -> bool {
        let mut around = self.get(scope).parent;
        while let Some(id) = around {
            let found = self.get(id);
            if !matches!(found.kind, ScopeKind::Module | ScopeKind::Class) {
                return true;
            }
            around = found.parent;
        }
        false
    }

    /// The nearest scope around that has a variable of that name; none if it is a global.
    fn binder(&self, from: ScopeId, name: &str) -> Option<ScopeId> {
        let mut scope = self.get(from).parent;
        while let Some(id) = scope.filter(|id| *id != ScopeId::MODULE) {
            let found = self.get(id);
            if found.kind == ScopeKind::Class {
                if [CLASS_CELL, CLASS_DICT, CONDITIONAL_ANNOTATIONS].contains(&name) {
                    return Some(id);
                }
                scope = found.parent;
                continue;
            }
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
