//! Definitions, with the scopes of their annotations and type parameters (PEP 649, 695, 696).

use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{
    Expr, Parameters, StmtAnnAssign, StmtClassDef, StmtFunctionDef, StmtTypeAlias, TypeParam,
    TypeParams,
};

use super::collect::Collector;
use super::mangle::Private;
use super::{CLASS_DICT, CONDITIONAL_ANNOTATIONS, ScopeId, ScopeKind};
use crate::syntax::Span;

/// The key of the scope of a module's annotations.
pub(in crate::compile) const MODULE_SPAN: Span = Span {
    start: 0,
    end: u32::MAX,
};

impl Collector {
    pub(super) fn function(&mut self, function: &StmtFunctionDef) {
        let decorators = function.decorator_list.iter();
        decorators.for_each(|decorator| self.visit_expr(&decorator.expression));
        self.defaults(&function.parameters);
        self.bind(&function.name);
        let types = function.type_params.as_deref();
        self.generic(types, None, &[".defaults", ".kwdefaults"], |collector| {
            if !collector.future_annotations && is_annotated(function) {
                collector.annotation(Span::of(function), "an annotation", |inner| {
                    inner.annotations(&function.parameters);
                    function
                        .returns
                        .iter()
                        .for_each(|each| inner.visit_expr(each));
                });
            }
            collector.inside(ScopeKind::Function, Span::of(function), |inner| {
                inner.scope().is_async = function.is_async;
                inner.parameters(&function.parameters);
                inner.visit_body(&function.body);
            });
        });
    }

    fn annotations(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter() {
            if let Some(annotation) = parameter.annotation() {
                self.visit_expr(annotation);
            }
        }
    }

    pub(super) fn class(&mut self, class: &StmtClassDef) {
        let decorators = class.decorator_list.iter();
        decorators.for_each(|decorator| self.visit_expr(&decorator.expression));
        self.bind(&class.name);
        let types = class.type_params.as_deref();
        self.generic(types, Some(&class.name), &[], |collector| {
            if types.is_some() {
                collector.bind(".type_params");
                collector.bind(".generic_base");
            }
            if let Some(arguments) = &class.arguments {
                collector.visit_arguments(arguments);
            }
            collector.inside(ScopeKind::Class, Span::of(class), |inner| {
                inner.scope().private = Some(Private {
                    class: class.name.as_str().into(),
                    only: None,
                });
                if types.is_some() {
                    inner.symbol(".type_params").used = true;
                }
                inner.visit_body(&class.body);
            });
        });
    }

    pub(super) fn type_alias(&mut self, alias: &StmtTypeAlias) {
        self.visit_expr(&alias.name);
        self.generic(alias.type_params.as_deref(), None, &[], |collector| {
            collector.annotation(Span::of(&*alias.value), "a type alias", |inner| {
                inner.visit_expr(&alias.value);
            });
        });
    }

    /// Walks what stands behind type parameters, inside their scope if there are any.
    fn generic(
        &mut self,
        types: Option<&TypeParams>,
        class: Option<&str>,
        parameters: &[&str],
        walk: impl FnOnce(&mut Self),
    ) {
        let Some(types) = types else {
            return walk(self);
        };
        self.inside(ScopeKind::TypeParameters, types.range.into(), |inner| {
            inner.see_class();
            if let Some(class) = class {
                let names = types.type_params.iter().map(|each| each.name().as_str());
                inner.scope().private = Some(Private {
                    class: class.into(),
                    only: Some(names.map(Box::from).collect()),
                });
            }
            for name in parameters {
                let symbol = inner.symbol(name);
                (symbol.parameter, symbol.bound) = (true, true);
            }
            inner.type_parameters(types);
            let around = std::mem::replace(&mut inner.within, "the definition of a generic");
            walk(inner);
            inner.within = around;
        });
    }

    fn type_parameters(&mut self, types: &TypeParams) {
        let mut has_default = false;
        for parameter in &types.type_params {
            let name = parameter.name();
            if self.symbol(name).type_parameter {
                let message = format!("duplicate type parameter '{name}'");
                self.fail(message, Span::of(parameter));
            }
            let symbol = self.symbol(name);
            (symbol.bound, symbol.type_parameter) = (true, true);
            if let TypeParam::TypeVar(variable) = parameter
                && let Some(bound) = &variable.bound
            {
                let what = match **bound {
                    Expr::Tuple(_) => "a TypeVar constraint",
                    _ => "a TypeVar bound",
                };
                self.annotation(Span::of(&**bound), what, |inner| inner.visit_expr(bound));
            }
            match parameter.default() {
                Some(default) => {
                    has_default = true;
                    let what = default_of(parameter);
                    self.annotation(Span::of(default), what, |inner| inner.visit_expr(default));
                }
                None if has_default => {
                    let message = format!(
                        "non-default type parameter '{name}' follows default type parameter"
                    );
                    self.fail(message, Span::of(parameter));
                }
                None => {}
            }
        }
    }

    /// Walks what is evaluated only when it is asked for.
    fn annotation(&mut self, span: Span, what: &'static str, walk: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.within, what);
        self.inside(ScopeKind::Annotation, span, |inner| {
            inner.begin_annotation();
            walk(inner);
        });
        self.within = around;
    }

    fn begin_annotation(&mut self) {
        let symbol = self.symbol(".format");
        (symbol.parameter, symbol.bound) = (true, true);
        self.see_class();
    }

    /// Directly in a class, an annotation sees the class's namespace.
    fn see_class(&mut self) {
        if self.scopes.sees_class(self.now).is_some() {
            self.symbol(CLASS_DICT).used = true;
        }
    }

    pub(super) fn annotated_assign(&mut self, assign: &StmtAnnAssign) {
        if let (Expr::Name(name), true) = (&*assign.target, assign.simple) {
            let symbol = *self.symbol(&name.id);
            if (symbol.global || symbol.nonlocal) && self.now != ScopeId::MODULE {
                let word = if symbol.global { "global" } else { "nonlocal" };
                let message = format!("annotated name '{}' can't be {word}", name.id);
                self.fail(message, Span::of(assign));
            }
            self.symbol(&name.id).annotated = true;
            if matches!(self.kind(), ScopeKind::Module | ScopeKind::Class) {
                self.deferred_annotation(&assign.annotation);
            }
        }
        self.visit_expr(&assign.target);
        assign.value.iter().for_each(|value| self.visit_expr(value));
    }

    /// The annotation of a name in a class or module; all of one body share a scope.
    fn deferred_annotation(&mut self, annotation: &Expr) {
        let is_conditional = self.kind() == ScopeKind::Module || self.is_conditional();
        self.scope().has_annotations = true;
        if self.future_annotations {
            return;
        }
        let span = self.annotated_span();
        let around = std::mem::replace(&mut self.within, "an annotation");
        match self.scopes.find(span, ScopeKind::Annotation) {
            Some(scope) => self.again(scope, |inner| inner.visit_expr(annotation)),
            None => self.inside(ScopeKind::Annotation, span, |inner| {
                inner.begin_annotation();
                inner.visit_expr(annotation);
            }),
        }
        self.within = around;
        if is_conditional && let Some(scope) = self.scopes.find(span, ScopeKind::Annotation) {
            self.again(scope, |inner| {
                inner.symbol(CONDITIONAL_ANNOTATIONS).used = true
            });
        }
    }

    /// The key of the scope of the annotations of the current class or module.
    fn annotated_span(&self) -> Span {
        let spans = self.scopes.by_span.iter();
        let own = spans.filter(|((_, kind), id)| **id == self.now && *kind == ScopeKind::Class);
        own.map(|((span, _), _)| *span)
            .next()
            .unwrap_or(MODULE_SPAN)
    }
}

fn is_annotated(function: &StmtFunctionDef) -> bool {
    let mut parameters = function.parameters.iter();
    function.returns.is_some() || parameters.any(|each| each.annotation().is_some())
}

fn default_of(parameter: &TypeParam) -> &'static str {
    match parameter {
        TypeParam::TypeVar(_) => "a TypeVar default",
        TypeParam::ParamSpec(_) => "a ParamSpec default",
        TypeParam::TypeVarTuple(_) => "a TypeVarTuple default",
    }
}
