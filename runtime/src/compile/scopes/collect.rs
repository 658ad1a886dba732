//! The first walk: which names each scope binds, uses and declares.

use std::collections::BTreeMap;

use ruff_python_ast::visitor::{Visitor, walk_except_handler, walk_expr, walk_stmt};
use ruff_python_ast::{
    Alias, Comprehension, ExceptHandler, Expr, ExprContext, ExprLambda, Identifier, ModModule,
    Parameters, Stmt, StmtFunctionDef,
};

use super::{Scope, ScopeId, ScopeKind, Scopes, Symbol};
use crate::syntax::{Span, SyntaxError};

struct Collector {
    scopes: Scopes,
    now: ScopeId,
    /// Nonlocal declarations, which a later statement of a function around may still justify.
    nonlocals: Vec<(ScopeId, Box<str>, Span)>,
    error: Option<SyntaxError>,
}

/// Reads a module; slots are not assigned yet.
pub(super) fn collect(module: &ModModule) -> Result<Scopes, SyntaxError> {
    let scopes = Scopes {
        all: Vec::new(),
        by_span: BTreeMap::new(),
    };
    let mut collector = Collector {
        scopes,
        now: ScopeId::MODULE,
        nonlocals: Vec::new(),
        error: None,
    };
    collector.new_scope(ScopeKind::Module, None);
    collector.visit_body(&module.body);
    collector.check_nonlocals();
    match collector.error {
        Some(error) => Err(error),
        None => Ok(collector.scopes),
    }
}

impl Collector {
    fn new_scope(&mut self, kind: ScopeKind, parent: Option<ScopeId>) -> ScopeId {
        let id = ScopeId(self.scopes.all.len());
        let owner = match (kind, parent) {
            (ScopeKind::Comprehension, Some(parent)) => self.scopes.all[parent.0].owner,
            _ => id,
        };
        self.scopes.all.push(Scope {
            kind,
            parent,
            owner,
            symbols: BTreeMap::new(),
            order: Vec::new(),
            slots: Vec::new(),
            captured: BTreeMap::new(),
            closure: Vec::new(),
        });
        id
    }

    /// Walks the inside of a new scope.
    fn inside(&mut self, kind: ScopeKind, span: Span, walk: impl FnOnce(&mut Self)) {
        let around = self.now;
        self.now = self.new_scope(kind, Some(around));
        self.scopes.by_span.insert(span, self.now);
        walk(self);
        self.now = around;
    }

    fn fail(&mut self, message: String, span: Span) {
        self.error.get_or_insert(SyntaxError::new(message, span));
    }

    fn symbol(&mut self, scope: ScopeId, name: &str) -> &mut Symbol {
        let scope = &mut self.scopes.all[scope.0];
        if !scope.symbols.contains_key(name) {
            scope.order.push(name.into());
        }
        scope.symbols.entry(name.into()).or_default()
    }

    fn bind(&mut self, name: &str) {
        self.symbol(self.now, name).bound = true;
    }

    /// `name := value` binds in the function around the comprehensions.
    fn bind_walrus(&mut self, name: &str, span: Span) {
        let mut scope = self.now;
        while self.scopes.all[scope.0].kind == ScopeKind::Comprehension {
            if self.symbol(scope, name).bound {
                let message = format!(
                    "assignment expression cannot rebind comprehension iteration variable '{name}'"
                );
                self.fail(message, span);
            }
            self.symbol(scope, name).used = true;
            scope = self.scopes.all[scope.0].parent.unwrap_or(ScopeId::MODULE);
        }
        self.symbol(scope, name).bound = true;
    }

    fn parameters(&mut self, parameters: &Parameters) {
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
            if self.symbol(self.now, name).parameter {
                let message = format!("duplicate parameter '{name}' in function definition");
                self.fail(message, Span::of(parameter));
            }
            let symbol = self.symbol(self.now, name);
            symbol.parameter = true;
            symbol.bound = true;
        }
    }

    /// Default values are evaluated outside the function.
    fn defaults(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            if let Some(default) = parameter.default() {
                self.visit_expr(default);
            }
        }
    }

    fn function(&mut self, function: &StmtFunctionDef) {
        for decorator in &function.decorator_list {
            self.visit_expr(&decorator.expression);
        }
        self.defaults(&function.parameters);
        self.bind(&function.name);
        self.inside(ScopeKind::Function, Span::of(function), |inner| {
            inner.parameters(&function.parameters);
            inner.visit_body(&function.body);
        });
    }

    fn lambda(&mut self, lambda: &ExprLambda) {
        if let Some(parameters) = &lambda.parameters {
            self.defaults(parameters);
        }
        self.inside(ScopeKind::Function, Span::of(lambda), |inner| {
            if let Some(parameters) = &lambda.parameters {
                inner.parameters(parameters);
            }
            inner.visit_expr(&lambda.body);
        });
    }

    /// The first iterable is evaluated outside the comprehension.
    fn comprehension(&mut self, span: Span, parts: &[&Expr], generators: &[Comprehension]) {
        let Some((first, rest)) = generators.split_first() else {
            return;
        };
        self.visit_expr(&first.iter);
        self.inside(ScopeKind::Comprehension, span, |inner| {
            inner.visit_expr(&first.target);
            first.ifs.iter().for_each(|test| inner.visit_expr(test));
            for generator in rest {
                inner.visit_expr(&generator.target);
                inner.visit_expr(&generator.iter);
                generator.ifs.iter().for_each(|test| inner.visit_expr(test));
            }
            parts.iter().for_each(|part| inner.visit_expr(part));
        });
    }

    fn imported(&mut self, alias: &Alias) {
        let whole = alias.asname.as_ref().unwrap_or(&alias.name);
        let name = whole.split('.').next().unwrap_or_default();
        self.bind(name);
    }

    fn declare(&mut self, word: &str, names: &[Identifier], statement: Span) {
        let at_module_level = self.now == ScopeId::MODULE;
        if word == "nonlocal" && at_module_level {
            self.fail(
                "nonlocal declaration not allowed at module level".into(),
                statement,
            );
        }
        for name in names {
            let symbol = *self.symbol(self.now, name);
            if let Some(message) = conflict(word, name, symbol) {
                self.fail(message, statement);
            }
            if word == "nonlocal" && !at_module_level {
                self.nonlocals
                    .push((self.now, name.as_str().into(), statement));
            }
            let symbol = self.symbol(self.now, name);
            match word {
                "global" => symbol.global = true,
                _ => symbol.nonlocal = true,
            }
        }
    }

    fn check_nonlocals(&mut self) {
        for (scope, name, statement) in std::mem::take(&mut self.nonlocals) {
            if self.scopes.binder(scope, &name).is_none() {
                self.fail(format!("no binding for nonlocal '{name}' found"), statement);
            }
        }
    }
}

/// What a declaration contradicts.
fn conflict(word: &str, name: &str, symbol: Symbol) -> Option<String> {
    if symbol.parameter {
        return Some(format!("name '{name}' is parameter and {word}"));
    }
    if symbol.global && word == "nonlocal" || symbol.nonlocal && word == "global" {
        return Some(format!("name '{name}' is nonlocal and global"));
    }
    if symbol.global || symbol.nonlocal {
        return None;
    }
    if symbol.bound && !symbol.used {
        return Some(format!(
            "name '{name}' is assigned to before {word} declaration"
        ));
    }
    symbol
        .used
        .then(|| format!("name '{name}' is used prior to {word} declaration"))
}

impl<'a> Visitor<'a> for Collector {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::Global(global) => self.declare("global", &global.names, Span::of(global)),
            Stmt::Nonlocal(nonlocal) => {
                self.declare("nonlocal", &nonlocal.names, Span::of(nonlocal))
            }
            Stmt::Import(import) => import.names.iter().for_each(|alias| self.imported(alias)),
            Stmt::ImportFrom(import) => import.names.iter().for_each(|alias| self.imported(alias)),
            Stmt::AnnAssign(assign) => {
                // Annotations are never evaluated eagerly, so they use no names.
                self.visit_expr(&assign.target);
                assign.value.iter().for_each(|value| self.visit_expr(value));
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) if name.ctx == ExprContext::Load => {
                self.symbol(self.now, &name.id).used = true;
            }
            Expr::Name(name) => self.bind(&name.id),
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::Named(named) => {
                self.visit_expr(&named.value);
                if let Expr::Name(name) = &*named.target {
                    self.bind_walrus(&name.id, Span::of(name));
                }
            }
            Expr::ListComp(list) => {
                self.comprehension(Span::of(list), &[&list.elt], &list.generators)
            }
            Expr::DictComp(dict) => match &dict.key {
                Some(key) => {
                    self.comprehension(Span::of(dict), &[key, &dict.value], &dict.generators)
                }
                None => walk_expr(self, expr),
            },
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
}
