//! Comprehensions and assignment expressions, which reach out of them.

use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{Comprehension, Expr, ExprNamed};

use super::ScopeKind;
use super::collect::Collector;
use crate::syntax::Span;

impl Collector {
    /// A name that the targets of a statement or comprehension bind.
    pub(super) fn bind_target(&mut self, name: &str, span: Span) {
        let is_iteration = matches!(self.kind(), ScopeKind::Comprehension | ScopeKind::Generator);
        let symbol = self.symbol(name);
        let is_rebound = is_iteration && symbol.used && !symbol.iteration && symbol.nonlocal;
        symbol.bound = true;
        symbol.iteration |= is_iteration;
        if is_rebound {
            let message = format!(
                "comprehension inner loop cannot rebind assignment expression target '{name}'"
            );
            self.fail(message, span);
        }
    }

    pub(super) fn named(&mut self, named: &ExprNamed) {
        let span = Span::of(named);
        if self.iterables > 0 {
            let message =
                "assignment expression cannot be used in a comprehension iterable expression";
            self.fail(message.into(), span);
        }
        if self.is_annotation() {
            let message = format!("named expression cannot be used within {}", self.within);
            self.fail(message, span);
        }
        self.visit_expr(&named.value);
        if let Expr::Name(name) = &*named.target {
            self.bind_walrus(&name.id, Span::of(name), span);
        }
    }

    /// `name := value` binds in the body around the comprehensions.
    fn bind_walrus(&mut self, name: &str, place: Span, whole: Span) {
        let name = self.mangled(name);
        let mut scope = self.now;
        let is_loop = |kind| matches!(kind, ScopeKind::Comprehension | ScopeKind::Generator);
        while is_loop(self.scopes.all[scope.0].kind) {
            if self.symbol_in(scope, &name).iteration {
                let message = format!(
                    "assignment expression cannot rebind comprehension iteration variable '{name}'"
                );
                self.fail(message, place);
            }
            let symbol = self.symbol_in(scope, &name);
            (symbol.used, symbol.nonlocal) = (true, true);
            scope = self.scopes.parent(scope);
        }
        let what = match self.scopes.all[scope.0].kind {
            ScopeKind::Class => "a class body",
            ScopeKind::TypeParameters | ScopeKind::Annotation => self.within,
            _ => "",
        };
        if scope != self.now && !what.is_empty() {
            let used = if what == "a class body" {
                "used in"
            } else {
                "used within"
            };
            let message =
                format!("assignment expression within a comprehension cannot be {used} {what}");
            self.fail(message, whole);
        }
        self.symbol_in(scope, &name).bound = true;
    }

    fn iterable(&mut self, iterable: &Expr) {
        self.iterables += 1;
        self.visit_expr(iterable);
        self.iterables -= 1;
    }

    /// The first iterable is evaluated outside the comprehension.
    pub(super) fn comprehension(
        &mut self,
        word: &'static str,
        span: Span,
        parts: &[&Expr],
        generators: &[Comprehension],
    ) {
        let kind = match word {
            "generator expression" => ScopeKind::Generator,
            _ => ScopeKind::Comprehension,
        };
        let Some((first, rest)) = generators.split_first() else {
            return;
        };
        self.iterable(&first.iter);
        self.inside(kind, span, |inner| {
            inner.scope().word = word;
            if kind == ScopeKind::Generator {
                let symbol = inner.symbol(".0");
                (symbol.parameter, symbol.bound) = (true, true);
                inner.scope().yields = true;
            }
            if generators.iter().any(|generator| generator.is_async) {
                inner.awaits();
            }
            inner.visit_expr(&first.target);
            first.ifs.iter().for_each(|test| inner.visit_expr(test));
            for generator in rest {
                inner.visit_expr(&generator.target);
                inner.iterable(&generator.iter);
                generator.ifs.iter().for_each(|test| inner.visit_expr(test));
            }
            parts.iter().for_each(|part| inner.visit_expr(part));
        });
    }
}
