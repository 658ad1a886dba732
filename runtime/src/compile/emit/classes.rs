//! Class definitions.

use ruff_python_ast::StmtClassDef;
use ruff_text_size::Ranged;

use super::{Emitted, Emitter, Header, functions};
use crate::compile::code::{CodeKind, Constant, Execution, Parameters};
use crate::compile::instructions::Opcode;
use crate::compile::scopes::{CLASS_CELL, CLASS_DICT, CONDITIONAL_ANNOTATIONS, ScopeKind};
use crate::syntax::Span;

impl<'a> Emitter<'a> {
    pub(super) fn class_definition(&mut self, class: &'a StmtClassDef) -> Emitted {
        let name = Span::of(&class.name);
        for decorator in &class.decorator_list {
            self.expression(&decorator.expression)?;
        }
        match &class.type_params {
            None => self.make_class(class)?,
            Some(types) => self.generic_class(class, types)?,
        }
        for decorator in class.decorator_list.iter().rev() {
            self.emit_at(Span::of(&decorator.expression), Opcode::Call, 1);
        }
        self.at(name, |emitter| emitter.store(&class.name))
    }

    /// Pushes the class.
    pub(super) fn make_class(&mut self, class: &'a StmtClassDef) -> Emitted {
        let span = Span {
            start: Span::of(&class.name).start,
            end: self.span.end,
        };
        self.at(span, |emitter| emitter.make_class_here(class))
    }

    fn make_class_here(&mut self, class: &'a StmtClassDef) -> Emitted {
        self.op(Opcode::LoadBuildClass);
        let scope = self.scopes.opened_at(Span::of(class), ScopeKind::Class);
        let header = Header {
            kind: CodeKind::Class,
            execution: Execution::Plain,
            name: class.name.as_str().into(),
            qualified_name: self.qualified(&class.name),
            doc: None,
            first_line: self.source.line_of(class.start().into()),
            parameters: Parameters::default(),
        };
        let mut inner = self.nested(scope, header);
        inner.at(Span::of(&class.name), |inner| inner.class_body(class))?;
        self.make_function(inner.finish()?, scope, 0);
        self.text(&class.name);
        let (args, keywords) = class
            .arguments
            .as_deref()
            .map_or((&[][..], &[][..]), |all| (&all.args[..], &all.keywords[..]));
        let base = class.type_params.is_some().then_some(".generic_base");
        self.call_with(2, args, base, keywords)
    }

    fn class_body(&mut self, class: &'a StmtClassDef) -> Emitted {
        self.make_cells();
        self.begin_class(class)?;
        let (doc, body) = functions::split_doc(&class.body);
        if let Some(doc) = doc.filter(|_| self.context.options.keeps_docs()) {
            self.text(&doc);
            self.store("__doc__")?;
        }
        if self.context.options.future_annotations && self.scopes.has_annotations(self.owner) {
            self.op(Opcode::SetupAnnotations);
        }
        let annotations = self.plan_annotations(&class.body);
        self.body(body)?;
        if !annotations.is_empty() {
            self.annotate_function(Span::of(class), "__annotate__", &annotations)?;
            self.emit_name(Opcode::StoreName, "__annotate_func__");
        }
        self.end_class();
        Ok(())
    }

    fn begin_class(&mut self, class: &'a StmtClassDef) -> Emitted {
        self.emit_name(Opcode::LoadName, "__name__");
        self.emit_name(Opcode::StoreName, "__module__");
        let qualified = self.header.qualified_name.clone();
        self.text(&qualified);
        self.emit_name(Opcode::StoreName, "__qualname__");
        self.constant(Constant::Int(self.header.first_line.into()));
        self.emit_name(Opcode::StoreName, "__firstlineno__");
        if class.type_params.is_some() {
            self.load(".type_params");
            self.emit_name(Opcode::StoreName, "__type_params__");
        }
        if let Some(slot) = self.scopes.implicit(self.owner, CLASS_DICT) {
            self.op(Opcode::LoadLocals);
            self.emit(Opcode::StoreDeref, slot);
        }
        if let Some(slot) = self.scopes.implicit(self.owner, CONDITIONAL_ANNOTATIONS) {
            self.emit(Opcode::BuildSet, 0);
            self.emit(Opcode::StoreDeref, slot);
        }
        Ok(())
    }

    /// What `type` takes from the namespace, and the result: the cell that it fills with the class.
    fn end_class(&mut self) {
        let mut attributes = self.scopes.static_attributes(self.owner).to_vec();
        attributes.sort_unstable();
        self.texts(attributes.iter().map(|name| &**name));
        self.emit_name(Opcode::StoreName, "__static_attributes__");
        if let Some(slot) = self.scopes.implicit(self.owner, CLASS_DICT) {
            self.emit(Opcode::LoadCell, slot);
            self.emit_name(Opcode::StoreName, "__classdictcell__");
        }
        let Some(slot) = self.scopes.implicit(self.owner, CLASS_CELL) else {
            return self.return_none();
        };
        self.emit(Opcode::LoadCell, slot);
        self.emit(Opcode::Copy, 1);
        self.emit_name(Opcode::StoreName, "__classcell__");
        self.op(Opcode::ReturnValue);
    }
}
