//! The first walk: which names each scope binds, uses and declares.

use std::collections::BTreeMap;

use ruff_python_ast::visitor::{Visitor, walk_except_handler, walk_expr, walk_pattern, walk_stmt};
use ruff_python_ast::{
    Alias, ExceptHandler, Expr, ExprContext, ExprLambda, Parameters, Pattern, Stmt,
};

use super::{CLASS_CELL, Program, Scope, ScopeId, ScopeKind, Scopes, Symbol, mangle};
use crate::syntax::{Span, SyntaxError};

pub(super) struct Collector {
    pub(super) scopes: Scopes,
    pub(super) now: ScopeId,
    /// Nonlocal declarations, which a later statement of a function around may still justify.
    pub(super) nonlocals: Vec<(ScopeId, Box<str>, Span)>,
    pub(super) future_annotations: bool,
    /// Statements around in the same class or module that may not run to their end.
    conditions: u32,
    /// How many iterables of comprehensions are around in the same scope.
    pub(super) iterables: u32,
    /// What a scope of annotations is called in complaints.
    pub(super) within: &'static str,
    pub(super) error: Option<SyntaxError>,
}

/// Reads a program; slots are not assigned yet.
pub(super) fn collect(
    program: Program<'_>,
    future_annotations: bool,
) -> Result<Scopes, SyntaxError> {
    let scopes = Scopes {
        all: Vec::new(),
        by_span: BTreeMap::new(),
        separate_locals: false,
    };
    let mut collector = Collector {
        scopes,
        now: ScopeId::MODULE,
        nonlocals: Vec::new(),
        future_annotations,
        conditions: 0,
        iterables: 0,
        within: "an annotation",
        error: None,
    };
    collector.new_scope(ScopeKind::Module, None);
    match program {
        Program::Body(body) => collector.visit_body(body),
        Program::Expression(value) => collector.visit_expr(value),
    }
    collector.check_nonlocals();
    match collector.error {
        Some(error) => Err(error),
        None => Ok(collector.scopes),
    }
}

impl Collector {
    fn new_scope(&mut self, kind: ScopeKind, parent: Option<ScopeId>) -> ScopeId {
        let id = ScopeId(self.scopes.all.len());
        let around = parent.map(|parent| &self.scopes.all[parent.0]);
        let owner = match (kind, around) {
            (ScopeKind::Comprehension, Some(around)) => around.owner,
            _ => id,
        };
        let private = around.and_then(|around| around.private.clone());
        self.scopes.all.push(Scope {
            kind,
            parent,
            owner,
            private,
            symbols: BTreeMap::new(),
            order: Vec::new(),
            slots: Vec::new(),
            captured: BTreeMap::new(),
            closure: Vec::new(),
            implicit: BTreeMap::new(),
            is_async: false,
            yields: false,
            awaits: false,
            has_annotations: false,
            static_attributes: Vec::new(),
            word: "",
        });
        id
    }

    /// Walks the inside of a new scope.
    pub(super) fn inside(&mut self, kind: ScopeKind, span: Span, walk: impl FnOnce(&mut Self)) {
        let scope = self.new_scope(kind, Some(self.now));
        self.scopes.by_span.insert((span, kind), scope);
        self.again(scope, walk);
    }

    /// Walks more of the inside of a scope.
    pub(super) fn again(&mut self, scope: ScopeId, walk: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.now, scope);
        let conditions = std::mem::take(&mut self.conditions);
        let iterables = std::mem::take(&mut self.iterables);
        walk(self);
        (self.now, self.conditions, self.iterables) = (around, conditions, iterables);
    }

    pub(super) fn scope(&mut self) -> &mut Scope {
        &mut self.scopes.all[self.now.0]
    }

    pub(super) fn kind(&self) -> ScopeKind {
        self.scopes.all[self.now.0].kind
    }

    pub(super) fn is_conditional(&self) -> bool {
        self.conditions > 0
    }

    pub(super) fn fail(&mut self, message: String, span: Span) {
        self.error.get_or_insert(SyntaxError::new(message, span));
    }

    /// The name that is meant by a name in the current scope.
    pub(super) fn mangled(&self, name: &str) -> Box<str> {
        mangle(self.scopes.all[self.now.0].private.as_ref(), name)
    }

    /// What the current scope knows of a name, which is not yet mangled.
    pub(super) fn symbol(&mut self, name: &str) -> &mut Symbol {
        let name = self.mangled(name);
        self.symbol_in(self.now, &name)
    }

    pub(super) fn symbol_in(&mut self, scope: ScopeId, name: &str) -> &mut Symbol {
        let scope = &mut self.scopes.all[scope.0];
        if !scope.symbols.contains_key(name) {
            scope.order.push(name.into());
        }
        scope.symbols.entry(name.into()).or_default()
    }

    pub(super) fn bind(&mut self, name: &str) {
        self.symbol(name).bound = true;
    }

    /// Whether the scope is one that takes no statements, yields or assignments.
    pub(super) fn is_annotation(&self) -> bool {
        matches!(
            self.kind(),
            ScopeKind::Annotation | ScopeKind::TypeParameters
        )
    }

    pub(super) fn parameters(&mut self, parameters: &Parameters) {
        let named = parameters
            .posonlyargs
            .iter()
            .chain(&parameters.args)
            .chain(&parameters.kwonlyargs);
        let stars = [parameters.vararg.as_deref(), parameters.kwarg.as_deref()];
        let all = named
            .map(|each| &each.parameter)
            .chain(stars.into_iter().flatten());
        for parameter in all {
            let name = &parameter.name;
            if self.symbol(name).parameter {
                let message = format!("duplicate parameter '{name}' in function definition");
                self.fail(message, Span::of(parameter));
            }
            let symbol = self.symbol(name);
            symbol.parameter = true;
            symbol.bound = true;
        }
    }

    /// Default values are evaluated outside the function.
    pub(super) fn defaults(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            if let Some(default) = parameter.default() {
                self.visit_expr(default);
            }
        }
    }

    fn lambda(&mut self, lambda: &ExprLambda) {
        if let Some(parameters) = &lambda.parameters {
            self.defaults(parameters);
        }
        self.inside(ScopeKind::Lambda, Span::of(lambda), |inner| {
            if let Some(parameters) = &lambda.parameters {
                inner.parameters(parameters);
            }
            inner.visit_expr(&lambda.body);
        });
    }

    fn imported(&mut self, alias: &Alias) {
        if &*alias.name == "*" {
            if self.now != ScopeId::MODULE {
                let message = "import * only allowed at module level";
                self.fail(message.into(), Span::of(alias));
            }
            return;
        }
        let whole = alias.asname.as_ref().unwrap_or(&alias.name);
        let name = whole.split('.').next().unwrap_or_default();
        self.bind(name);
    }

    /// Notes that the frame awaits something.
    pub(super) fn awaits(&mut self) {
        let owner = self.scopes.all[self.now.0].owner;
        self.scopes.all[owner.0].awaits = true;
    }

    fn yields(&mut self, word: &str, span: Span) {
        let message = match self.kind() {
            ScopeKind::Comprehension | ScopeKind::Generator => {
                format!("'yield' inside {}", self.scope().word)
            }
            ScopeKind::Annotation | ScopeKind::TypeParameters => {
                format!("yield expression cannot be used within {}", self.within)
            }
            ScopeKind::Class | ScopeKind::Module => format!("'{word}' outside function"),
            ScopeKind::Function | ScopeKind::Lambda => return self.scope().yields = true,
        };
        self.fail(message, span);
    }

    /// `super` and `__class__` need the cell of the class around.
    fn used(&mut self, name: &str) {
        self.symbol(name).used = true;
        if name == "super" && !matches!(self.kind(), ScopeKind::Module | ScopeKind::Class) {
            self.symbol(CLASS_CELL).used = true;
        }
    }

    /// `self.x = ..` in a method.
    fn attribute_stored(&mut self, name: &str) {
        let mut scope = Some(self.now);
        while let Some(id) = scope {
            let found = &mut self.scopes.all[id.0];
            if found.kind == ScopeKind::Class {
                if !found.static_attributes.iter().any(|each| &**each == name) {
                    found.static_attributes.push(name.into());
                }
                return;
            }
            scope = found.parent;
        }
    }
}

impl<'a> Visitor<'a> for Collector {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::TypeAlias(alias) => self.type_alias(alias),
            Stmt::Global(global) => self.declare("global", &global.names, Span::of(global)),
            Stmt::Nonlocal(nonlocal) => {
                self.declare("nonlocal", &nonlocal.names, Span::of(nonlocal))
            }
            Stmt::Import(import) => import.names.iter().for_each(|alias| self.imported(alias)),
            Stmt::ImportFrom(import) => import.names.iter().for_each(|alias| self.imported(alias)),
            Stmt::AnnAssign(assign) => self.annotated_assign(assign),
            Stmt::If(_)
            | Stmt::For(_)
            | Stmt::While(_)
            | Stmt::Try(_)
            | Stmt::With(_)
            | Stmt::Match(_) => {
                self.conditions += 1;
                walk_stmt(self, stmt);
                self.conditions -= 1;
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        let span = Span::of(expr);
        match expr {
            Expr::Name(name) if name.ctx == ExprContext::Load => self.used(&name.id),
            Expr::Name(name) => self.bind_target(&name.id, span),
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::Named(named) => self.named(named),
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                let is_plain = matches!(expr, Expr::Yield(_));
                let word = if is_plain { "yield" } else { "yield from" };
                self.yields(word, span);
                walk_expr(self, expr);
            }
            Expr::Await(_) => {
                if self.is_annotation() {
                    let message = format!("await expression cannot be used within {}", self.within);
                    self.fail(message, span);
                }
                self.awaits();
                walk_expr(self, expr);
            }
            Expr::Attribute(attribute) => {
                let is_self = matches!(&*attribute.value, Expr::Name(name) if &*name.id == "self");
                if attribute.ctx == ExprContext::Store && is_self {
                    self.attribute_stored(&attribute.attr);
                }
                walk_expr(self, expr);
            }
            Expr::ListComp(list) => {
                let parts = [&*list.elt];
                self.comprehension("list comprehension", span, &parts, &list.generators)
            }
            Expr::SetComp(set) => {
                let parts = [&*set.elt];
                self.comprehension("set comprehension", span, &parts, &set.generators)
            }
            Expr::Generator(generator) => {
                let parts = [&*generator.elt];
                self.comprehension("generator expression", span, &parts, &generator.generators)
            }
            Expr::DictComp(dict) => {
                let parts: Vec<&Expr> = dict.key.iter().map(|key| &**key).collect();
                let parts: Vec<&Expr> = parts.into_iter().chain([&*dict.value]).collect();
                self.comprehension("dict comprehension", span, &parts, &dict.generators)
            }
            _ => walk_expr(self, expr),
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(clause) = handler;
        if let Some(name) = &clause.name {
            self.bind(name);
        }
        walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchAs(found) => found.name.as_ref(),
            Pattern::MatchStar(found) => found.name.as_ref(),
            Pattern::MatchMapping(found) => found.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.bind(name);
        }
        walk_pattern(self, pattern);
    }
}
