//! Names: loading, storing, deleting.

use super::{Emitted, Emitter};
use crate::compile::code::Constant;
use crate::compile::instructions::Opcode;
use crate::compile::scopes::Place;

impl Emitter<'_> {
    /// The index of a name as it is written.
    pub(super) fn name(&mut self, name: &str) -> u32 {
        let next = self.names.len() as u32;
        let index = *self.name_index.entry(name.into()).or_insert(next);
        if index == next {
            self.names.push(name.into());
        }
        index
    }

    /// An instruction with a name, mangled if it is private.
    pub(super) fn emit_name(&mut self, opcode: Opcode, name: &str) {
        if self.depth.is_none() {
            return;
        }
        let name = self.scopes.mangle(self.scope, name);
        let index = self.name(&name);
        self.emit(opcode, index);
    }

    pub(super) fn load(&mut self, name: &str) {
        if name == "__debug__" {
            return self.constant(Constant::Bool(self.context.options.optimize == 0));
        }
        let mangled = self.scopes.mangle(self.scope, name);
        match self.scopes.place(self.scope, &mangled) {
            Place::Fast(slot) if self.borrows => self.emit(Opcode::LoadFastBorrow, slot),
            Place::Fast(slot) => self.emit(Opcode::LoadFast, slot),
            Place::Deref(slot) => self.emit(Opcode::LoadDeref, slot),
            Place::Global => self.emit_name(Opcode::LoadGlobal, name),
            Place::Name => self.emit_name(Opcode::LoadName, name),
            Place::LocalsOrDeref(slot) => {
                self.op(Opcode::LoadLocals);
                self.emit(Opcode::LoadFromDictOrDeref, slot);
            }
            Place::DictOrDeref(dict, slot) => {
                self.emit(Opcode::LoadDeref, dict);
                self.emit(Opcode::LoadFromDictOrDeref, slot);
            }
            Place::DictOrGlobal(dict) => {
                self.emit(Opcode::LoadDeref, dict);
                self.emit_name(Opcode::LoadFromDictOrGlobals, name);
            }
        }
    }

    pub(super) fn store(&mut self, name: &str) -> Emitted {
        if name == "__debug__" {
            return self.error("cannot assign to __debug__");
        }
        let mangled = self.scopes.mangle(self.scope, name);
        match self.scopes.place(self.scope, &mangled) {
            Place::Fast(slot) => self.emit(Opcode::StoreFast, slot),
            Place::Deref(slot) | Place::LocalsOrDeref(slot) | Place::DictOrDeref(_, slot) => {
                self.emit(Opcode::StoreDeref, slot);
            }
            Place::Global | Place::DictOrGlobal(_) => self.emit_name(Opcode::StoreGlobal, name),
            Place::Name => self.emit_name(Opcode::StoreName, name),
        }
        Ok(())
    }

    pub(super) fn delete(&mut self, name: &str) -> Emitted {
        if name == "__debug__" {
            return self.error("cannot delete __debug__");
        }
        let mangled = self.scopes.mangle(self.scope, name);
        match self.scopes.place(self.scope, &mangled) {
            Place::Fast(slot) => self.emit(Opcode::DeleteFast, slot),
            Place::Deref(slot) | Place::LocalsOrDeref(slot) | Place::DictOrDeref(_, slot) => {
                self.emit(Opcode::DeleteDeref, slot);
            }
            Place::Global | Place::DictOrGlobal(_) => self.emit_name(Opcode::DeleteGlobal, name),
            Place::Name => self.emit_name(Opcode::DeleteName, name),
        }
        Ok(())
    }
}
