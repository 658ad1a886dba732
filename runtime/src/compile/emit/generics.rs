//! Type parameters and type aliases (PEP 695 and 696).
//!
//! A generic definition stands in a function of its own, called at once, in which the type parameters are variables.

use ruff_python_ast::{Expr, StmtClassDef, StmtFunctionDef, StmtTypeAlias, TypeParam, TypeParams};
use ruff_text_size::Ranged;

use super::{Emitted, Emitter, Header};
use crate::compile::code::{CodeKind, Constant, Execution, Parameters};
use crate::compile::instructions::Opcode;
use crate::compile::operands::function_parts;
use crate::compile::scopes::ScopeKind;
use crate::syntax::{Span, SyntaxError};

impl<'a> Emitter<'a> {
    pub(super) fn generic_function(
        &mut self,
        function: &'a StmtFunctionDef,
        types: &'a TypeParams,
    ) -> Emitted {
        let tree = &*function.parameters;
        let positional = tree.posonlyargs.iter().chain(&tree.args);
        let has_defaults = positional.into_iter().any(|each| each.default.is_some());
        let has_keywords = tree.kwonlyargs.iter().any(|each| each.default.is_some());
        self.generic(&function.name, types, 2, |inner| {
            inner.type_parameters(types)?;
            let mut parts = 0;
            if has_defaults {
                inner.load(".defaults");
                parts |= function_parts::DEFAULTS;
            }
            if has_keywords {
                inner.load(".kwdefaults");
                parts |= function_parts::KEYWORD_DEFAULTS;
            }
            inner.make_definition(function, parts)?;
            inner.emit(Opcode::Swap, 2);
            inner.op(Opcode::SetTypeParams);
            Ok(())
        })?;
        if self.positional_defaults(tree)? == 0 {
            self.constant(Constant::None);
        }
        if self.keyword_defaults(tree)? == 0 {
            self.constant(Constant::None);
        }
        self.emit(Opcode::Call, 2);
        Ok(())
    }

    pub(super) fn generic_class(
        &mut self,
        class: &'a StmtClassDef,
        types: &'a TypeParams,
    ) -> Emitted {
        self.generic(&class.name, types, 0, |inner| {
            inner.type_parameters(types)?;
            inner.store(".type_params")?;
            inner.load(".type_params");
            inner.op(Opcode::SubscriptGeneric);
            inner.store(".generic_base")?;
            inner.make_class(class)
        })?;
        self.emit(Opcode::Call, 0);
        Ok(())
    }

    pub(super) fn type_alias(&mut self, alias: &'a StmtTypeAlias) -> Emitted {
        let Expr::Name(name) = &*alias.name else {
            return self.error("invalid syntax");
        };
        match &alias.type_params {
            None => {
                self.text(&name.id);
                self.constant(Constant::None);
                self.evaluator(&alias.value, &name.id)?;
                self.op(Opcode::MakeTypeAlias);
            }
            Some(types) => {
                self.generic(&name.id, types, 0, |inner| {
                    inner.text(&name.id);
                    inner.type_parameters(types)?;
                    inner.evaluator(&alias.value, &name.id)?;
                    inner.op(Opcode::MakeTypeAlias);
                    Ok(())
                })?;
                self.emit(Opcode::Call, 0);
            }
        }
        self.at(Span::of(name), |emitter| emitter.store(&name.id))
    }

    /// Pushes the function in which a generic definition stands.
    fn generic(
        &mut self,
        name: &str,
        types: &'a TypeParams,
        parameters: u32,
        write: impl FnOnce(&mut Self) -> Emitted,
    ) -> Emitted {
        let span: Span = types.range().into();
        let scope = self.scopes.opened_at(span, ScopeKind::TypeParameters);
        let name: Box<str> = format!("<generic parameters of {name}>").into();
        let header = Header {
            kind: CodeKind::TypeParameters,
            execution: Execution::Plain,
            qualified_name: self.qualified(&name),
            name,
            doc: None,
            first_line: self.source.line_of(self.span.start),
            parameters: Parameters {
                positional_only: parameters,
                positional: parameters,
                ..Parameters::default()
            },
        };
        let mut inner = self.nested(scope, header);
        inner.borrows = false;
        inner.at(self.span, |inner| {
            inner.make_cells();
            write(inner)?;
            inner.op(Opcode::ReturnValue);
            Ok::<_, SyntaxError>(())
        })?;
        self.make_function(inner.finish()?, scope, 0);
        Ok(())
    }

    /// Makes the type parameters and pushes a tuple of them.
    fn type_parameters(&mut self, types: &'a TypeParams) -> Emitted {
        for parameter in &types.type_params {
            self.at(Span::of(parameter), |emitter| {
                emitter.type_parameter(parameter)
            })?;
        }
        self.emit(Opcode::BuildTuple, types.type_params.len() as u32);
        Ok(())
    }

    fn type_parameter(&mut self, parameter: &'a TypeParam) -> Emitted {
        let name = parameter.name();
        self.text(name);
        match parameter {
            TypeParam::TypeVar(variable) => {
                let kind = match variable.bound.as_deref() {
                    None => 0,
                    Some(Expr::Tuple(_)) => 2,
                    Some(_) => 1,
                };
                if let Some(bound) = &variable.bound {
                    self.evaluator(bound, name)?;
                }
                self.emit(Opcode::MakeTypeVar, kind);
            }
            TypeParam::ParamSpec(_) => self.op(Opcode::MakeParamSpec),
            TypeParam::TypeVarTuple(_) => self.op(Opcode::MakeTypeVarTuple),
        }
        if let Some(default) = parameter.default() {
            self.evaluator(default, name)?;
            self.op(Opcode::SetTypeParamDefault);
        }
        self.emit(Opcode::Copy, 1);
        self.store(name)
    }

    /// Pushes a function that gives the value of an expression when it is asked for.
    fn evaluator(&mut self, value: &'a Expr, name: &str) -> Emitted {
        self.constant(Constant::Tuple([Constant::Int(1)].into()));
        self.annotation_function(Span::of(value), name, function_parts::DEFAULTS, |inner| {
            inner.annotation(value)
        })
    }
}
