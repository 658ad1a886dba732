//! Imports. There are no packages, so a dotted name never finds a module and needs no special form.

use ruff_python_ast::{Alias, StmtImport, StmtImportFrom};

use super::{Emitted, Emitter, unsupported};
use crate::compile::instructions::Opcode;
use crate::syntax::{Span, SyntaxError};

/// What `from __future__ import` may name; all of it is part of the language by now.
const FUTURES: &[&str] = &[
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "generator_stop",
    "annotations",
];

impl<'a> Emitter<'a> {
    pub(super) fn import(&mut self, stmt: &'a StmtImport) -> Emitted {
        for alias in &stmt.names {
            self.emit_name(Opcode::ImportName, &alias.name);
            let whole = alias.asname.as_ref().unwrap_or(&alias.name);
            self.store(whole.split('.').next().unwrap_or_default());
        }
        Ok(())
    }

    pub(super) fn import_from(&mut self, stmt: &'a StmtImportFrom) -> Emitted {
        if stmt.level > 0 {
            return Err(unsupported("relative imports", self.span));
        }
        let module = stmt.module.as_deref().unwrap_or_default();
        if module == "__future__" {
            return stmt.names.iter().try_for_each(check_future);
        }
        self.emit_name(Opcode::ImportName, module);
        for alias in &stmt.names {
            if &*alias.name == "*" {
                return Err(unsupported("star imports", Span::of(alias)));
            }
            self.emit_name(Opcode::ImportFrom, &alias.name);
            self.store(alias.asname.as_ref().unwrap_or(&alias.name));
        }
        self.op(Opcode::PopTop);
        Ok(())
    }
}

fn check_future(alias: &Alias) -> Emitted {
    match FUTURES.contains(&alias.name.as_str()) {
        true => Ok(()),
        false => {
            let message = format!("future feature {} is not defined", alias.name);
            Err(SyntaxError::new(message, Span::of(alias)))
        }
    }
}
