//! List, set and dict comprehensions, written inline in the body around them.

use ruff_python_ast::{Comprehension, Expr, ExprDictComp, ExprListComp, ExprSetComp};

use super::{Emitted, Emitter, Label};
use crate::compile::code::Inlined;
use crate::compile::instructions::Opcode;
use crate::compile::scopes::ScopeKind;
use crate::syntax::{Span, SyntaxError};

/// What a comprehension does per round.
#[derive(Clone, Copy)]
pub(super) enum Element<'a> {
    Item(&'a Expr),
    Member(&'a Expr),
    Pair(&'a Expr, &'a Expr),
    Yield(&'a Expr),
}

impl<'a> Emitter<'a> {
    pub(super) fn list_comprehension(&mut self, list: &'a ExprListComp) -> Emitted {
        let element = Element::Item(&list.elt);
        self.comprehension(&list.generators, Opcode::BuildList, element)
    }

    pub(super) fn set_comprehension(&mut self, set: &'a ExprSetComp) -> Emitted {
        let element = Element::Member(&set.elt);
        self.comprehension(&set.generators, Opcode::BuildSet, element)
    }

    pub(super) fn dict_comprehension(&mut self, dict: &'a ExprDictComp) -> Emitted {
        let Some(key) = &dict.key else {
            let message = "dict unpacking cannot be used in dict comprehension";
            return Err(SyntaxError::new(message, Span::of(dict)));
        };
        let element = Element::Pair(key, &dict.value);
        self.comprehension(&dict.generators, Opcode::BuildMap, element)
    }

    fn comprehension(
        &mut self,
        generators: &'a [Comprehension],
        build: Opcode,
        element: Element<'a>,
    ) -> Emitted {
        let Some(first) = generators.first() else {
            return Ok(());
        };
        let opened = self.scopes.opened_at(self.span, ScopeKind::Comprehension);
        self.check_async(generators)?;
        self.iterator(first)?;
        let around = std::mem::replace(&mut self.scope, opened);
        // An earlier round that ended in an exception may have left its variables behind.
        if !self.own_cells().is_empty() {
            self.clear_own_slots();
            self.make_own_cells();
        }
        let start = self.here();
        self.op(build);
        self.emit(Opcode::Swap, 2);
        self.rounds(generators, 1, element)?;
        self.comprehensions.push(Inlined {
            start,
            end: self.here(),
            slots: self.scopes.own_slots(self.scope).into(),
        });
        self.clear_own_slots();
        self.scope = around;
        Ok(())
    }

    fn check_async(&self, generators: &[Comprehension]) -> Emitted {
        let is_async = generators.iter().any(|each| each.is_async);
        if !is_async || self.scopes.kind(self.owner) == ScopeKind::Generator {
            return Ok(());
        }
        self.require_async("asynchronous comprehension outside of an asynchronous function")
    }

    fn clear_own_slots(&mut self) {
        for slot in self.scopes.own_slots(self.scope) {
            self.emit(Opcode::ClearFast, slot);
        }
    }

    /// Pushes the iterator of a generator.
    pub(super) fn iterator(&mut self, generator: &'a Comprehension) -> Emitted {
        let opcode = match generator.is_async {
            true => Opcode::GetAiter,
            false => Opcode::GetIter,
        };
        match generator.is_async {
            true => self.expression(&generator.iter)?,
            false => self.unshared(&generator.iter)?,
        }
        self.emit_at(Span::of(&generator.iter), opcode, 0);
        Ok(())
    }

    /// The loops from a generator inwards; `depth` operands of theirs lie above the result.
    pub(super) fn rounds(
        &mut self,
        generators: &'a [Comprehension],
        depth: u32,
        element: Element<'a>,
    ) -> Emitted {
        let Some((generator, rest)) = generators.split_first() else {
            return self.add(element, depth);
        };
        let (start, next) = (self.label_here(), self.label());
        let end = self.next_item(generator);
        self.assign_target(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(condition, false, next)?;
        }
        if let Some(inner) = rest.first() {
            self.iterator(inner)?;
        }
        let inner_depth = depth + !rest.is_empty() as u32;
        self.rounds(rest, inner_depth, element)?;
        self.place(next);
        self.jump(Opcode::JumpBackward, start);
        self.place(end);
        if generator.is_async {
            self.emit_at(Span::of(&generator.iter), Opcode::EndAsyncFor, 0);
        }
        Ok(())
    }

    /// Pushes the next item of the iterator on top; the label is where its end leads to.
    fn next_item(&mut self, generator: &'a Comprehension) -> Label {
        self.at(Span::of(&generator.iter), |emitter| {
            if generator.is_async {
                return emitter.async_next();
            }
            let end = emitter.label();
            emitter.jump(Opcode::ForIter, end);
            end
        })
    }

    fn add(&mut self, element: Element<'a>, depth: u32) -> Emitted {
        match element {
            Element::Item(item) => {
                self.expression(item)?;
                self.emit(Opcode::ListAppend, depth + 1);
            }
            Element::Member(item) => {
                self.expression(item)?;
                self.emit(Opcode::SetAdd, depth + 1);
            }
            Element::Pair(key, value) => {
                self.expression(key)?;
                self.expression(value)?;
                self.emit(Opcode::MapAdd, depth + 1);
            }
            Element::Yield(value) => {
                self.expression(value)?;
                self.at(Span::of(value), Self::yield_value);
                self.op(Opcode::PopTop);
            }
        }
        Ok(())
    }
}
