//! Annotations, which are evaluated when they are asked for (PEP 649), or kept as strings.

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{AnyParameterRef, Expr, Parameters as Tree, Stmt, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::{Emitted, Emitter, Header};
use crate::compile::code::{CodeKind, Constant, Execution, Parameters};
use crate::compile::instructions::Opcode;
use crate::compile::operands::{Comparison, function_parts};
use crate::compile::scopes::{CONDITIONAL_ANNOTATIONS, MODULE_SPAN, ScopeKind};
use crate::syntax::{Span, SyntaxError};

/// The largest format that functions of annotations know.
const VALUE_WITH_FAKE_GLOBALS: i64 = 2;

/// A name with its annotation.
pub(super) struct Annotation<'a> {
    name: Box<str>,
    value: &'a Expr,
    /// Its number, if it may not have been passed.
    condition: Option<u32>,
}

/// Finds the annotations of a class or module.
struct Finder<'a> {
    is_module: bool,
    conditions: u32,
    next: u32,
    found: Vec<(Span, &'a str, &'a Expr, Option<u32>)>,
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::AnnAssign(assign) => {
                if let (Expr::Name(name), true) = (&*assign.target, assign.simple) {
                    let condition = (self.is_module || self.conditions > 0).then_some(self.next);
                    self.next += condition.is_some() as u32;
                    let span = Span::of(assign);
                    let entry = (span, name.id.as_str(), &*assign.annotation, condition);
                    self.found.push(entry);
                }
            }
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
            _ => {}
        }
    }
}

impl<'a> Emitter<'a> {
    /// Pushes the annotations of a function; returns which part they are.
    pub(super) fn function_annotations(
        &mut self,
        function: &'a StmtFunctionDef,
    ) -> Result<u32, SyntaxError> {
        let annotations = self.annotations_of(&function.parameters, function.returns.as_deref());
        if annotations.is_empty() {
            return Ok(0);
        }
        if self.context.options.future_annotations {
            for annotation in &annotations {
                self.text(&annotation.name);
                self.annotation_text(annotation.value);
            }
            self.emit(Opcode::BuildMap, annotations.len() as u32);
            return Ok(function_parts::ANNOTATIONS);
        }
        self.annotate_function(Span::of(function), "__annotate__", &annotations)?;
        Ok(function_parts::ANNOTATE)
    }

    fn annotations_of(&self, tree: &'a Tree, returns: Option<&'a Expr>) -> Vec<Annotation<'a>> {
        let stars = [tree.vararg.as_deref(), tree.kwarg.as_deref()];
        let [star, double_star] = stars.map(|each| each.map(AnyParameterRef::Variadic));
        let plain = tree.posonlyargs.iter().chain(&tree.args);
        let plain = plain.map(AnyParameterRef::NonVariadic);
        let keyword_only = tree.kwonlyargs.iter().map(AnyParameterRef::NonVariadic);
        let all = plain.chain(star).chain(keyword_only).chain(double_star);
        let mut found: Vec<Annotation<'a>> = all
            .filter_map(|each| {
                let parameter = each.as_parameter();
                let value = parameter.annotation.as_deref()?;
                let name = self.scopes.mangle(self.scope, &parameter.name);
                Some(Annotation {
                    name,
                    value,
                    condition: None,
                })
            })
            .collect();
        found.extend(returns.map(|value| Annotation {
            name: "return".into(),
            value,
            condition: None,
        }));
        found
    }

    /// The annotations of a class or module, and the numbers of those that may not be passed.
    pub(super) fn plan_annotations(&mut self, body: &'a [Stmt]) -> Vec<Annotation<'a>> {
        if self.context.options.future_annotations || !self.scopes.has_annotations(self.owner) {
            return Vec::new();
        }
        let mut finder = Finder {
            is_module: self.scopes.kind(self.owner) == ScopeKind::Module,
            conditions: 0,
            next: 0,
            found: Vec::new(),
        };
        finder.visit_body(body);
        let mut annotations = Vec::new();
        for (span, name, value, condition) in finder.found {
            if let Some(number) = condition {
                self.conditional.insert(span, number);
            }
            let name = self.scopes.mangle(self.scope, name);
            annotations.push(Annotation {
                name,
                value,
                condition,
            });
        }
        annotations
    }

    pub(super) fn begin_module_annotations(&mut self, body: &'a [Stmt]) -> Emitted {
        if self.context.options.future_annotations && self.scopes.has_annotations(self.owner) {
            self.op(Opcode::SetupAnnotations);
        }
        let annotations = self.plan_annotations(body);
        if annotations.is_empty() {
            return Ok(());
        }
        self.emit(Opcode::BuildSet, 0);
        self.store(CONDITIONAL_ANNOTATIONS)?;
        self.annotate_function(MODULE_SPAN, "__annotate__", &annotations)?;
        self.store("__annotate__")
    }

    /// A name with an annotation, as a statement of a class or module.
    pub(super) fn pass_annotation(&mut self, span: Span, name: &str, value: &'a Expr) {
        let kind = self.scopes.kind(self.owner);
        if !matches!(kind, ScopeKind::Module | ScopeKind::Class) {
            return;
        }
        if self.context.options.future_annotations {
            self.annotation_text(value);
            self.load("__annotations__");
            let name = self.scopes.mangle(self.scope, name);
            self.text(&name);
            self.op(Opcode::StoreSubscr);
        } else if let Some(number) = self.conditional.get(&span).copied() {
            self.load_conditions();
            self.constant(Constant::Int(number.into()));
            self.emit(Opcode::SetAdd, 1);
            self.op(Opcode::PopTop);
        }
    }

    fn load_conditions(&mut self) {
        match self.scopes.implicit(self.owner, CONDITIONAL_ANNOTATIONS) {
            Some(slot) => self.emit(Opcode::LoadDeref, slot),
            None => self.load(CONDITIONAL_ANNOTATIONS),
        }
    }

    /// Pushes a function that makes a dict of annotations.
    pub(super) fn annotate_function(
        &mut self,
        span: Span,
        name: &str,
        annotations: &[Annotation<'a>],
    ) -> Emitted {
        self.annotation_function(span, name, 0, |inner| {
            inner.emit(Opcode::BuildMap, 0);
            for annotation in annotations {
                inner.at(Span::of(annotation.value), |inner| inner.entry(annotation))?;
            }
            Ok(())
        })
    }

    fn entry(&mut self, annotation: &Annotation<'a>) -> Emitted {
        let next = self.label();
        if let Some(number) = annotation.condition {
            self.constant(Constant::Int(number.into()));
            self.load_conditions();
            self.emit(Opcode::ContainsOp, 0);
            self.jump(Opcode::PopJumpIfFalse, next);
        }
        self.text(&annotation.name);
        self.annotation(annotation.value)?;
        self.emit(Opcode::MapAdd, 1);
        self.place(next);
        Ok(())
    }

    /// The value of an annotation; `*args: *Ts` takes what the star unpacks to.
    pub(super) fn annotation(&mut self, value: &'a Expr) -> Emitted {
        let Expr::Starred(starred) = value else {
            return self.expression(value);
        };
        self.expression(&starred.value)?;
        self.emit(Opcode::UnpackSequence, 1);
        Ok(())
    }

    /// Pushes a function of a format that returns what is written; the parts are on the stack.
    pub(super) fn annotation_function(
        &mut self,
        span: Span,
        name: &str,
        parts: u32,
        write: impl FnOnce(&mut Self) -> Emitted,
    ) -> Emitted {
        let scope = self.scopes.opened_at(span, ScopeKind::Annotation);
        let header = Header {
            kind: CodeKind::Annotation,
            execution: Execution::Plain,
            name: name.into(),
            qualified_name: self.qualified(name),
            doc: None,
            first_line: self.source.line_of(self.span.start),
            parameters: Parameters {
                positional_only: 1,
                positional: 1,
                ..Parameters::default()
            },
        };
        let mut inner = self.nested(scope, header);
        inner.at(self.span, |inner| {
            inner.make_cells();
            inner.refuse_formats();
            write(inner)?;
            inner.op(Opcode::ReturnValue);
            Ok::<_, SyntaxError>(())
        })?;
        self.make_function(inner.finish()?, scope, parts);
        Ok(())
    }

    /// Formats other than values are computed by other means.
    fn refuse_formats(&mut self) {
        let known = self.label();
        self.load(".format");
        self.constant(Constant::Int(VALUE_WITH_FAKE_GLOBALS));
        self.compare_jump(Comparison::Gt, false, known);
        self.op(Opcode::LoadNotImplementedError);
        self.emit(Opcode::RaiseVarargs, 1);
        self.place(known);
    }

    /// Pushes an annotation as it is written.
    fn annotation_text(&mut self, value: &Expr) {
        let text = self.source.slice(value.range().into()).to_owned();
        self.text(&text);
    }
}
