//! Imports.

use ruff_python_ast::{StmtImport, StmtImportFrom};

use super::{Emitted, Emitter};
use crate::compile::code::Constant;
use crate::compile::instructions::Opcode;

impl<'a> Emitter<'a> {
    pub(super) fn import(&mut self, stmt: &'a StmtImport) -> Emitted {
        for alias in &stmt.names {
            self.constant(Constant::Int(0));
            self.constant(Constant::None);
            self.emit_name(Opcode::ImportName, &alias.name);
            match &alias.asname {
                Some(name) => self.import_as(&alias.name, name)?,
                None => self.store(alias.name.split('.').next().unwrap_or_default())?,
            }
        }
        Ok(())
    }

    /// `import a.b.c as name` binds the innermost module; the import leaves the outermost on the stack.
    fn import_as(&mut self, path: &str, name: &str) -> Emitted {
        for (index, part) in path.split('.').skip(1).enumerate() {
            if index > 0 {
                self.emit(Opcode::Swap, 2);
                self.op(Opcode::PopTop);
            }
            self.emit_name(Opcode::ImportFrom, part);
        }
        if path.contains('.') {
            self.emit(Opcode::Swap, 2);
            self.op(Opcode::PopTop);
        }
        self.store(name)
    }

    pub(super) fn import_from(&mut self, stmt: &'a StmtImportFrom) -> Emitted {
        self.constant(Constant::Int(stmt.level.into()));
        self.texts(stmt.names.iter().map(|alias| alias.name.as_str()));
        let module = stmt.module.as_deref().unwrap_or_default();
        self.emit_name(Opcode::ImportName, module);
        for alias in &stmt.names {
            if &*alias.name == "*" {
                self.op(Opcode::ImportStar);
                return Ok(());
            }
            self.emit_name(Opcode::ImportFrom, &alias.name);
            self.store(alias.asname.as_ref().unwrap_or(&alias.name))?;
        }
        self.op(Opcode::PopTop);
        Ok(())
    }
}
