//! List and dict comprehensions, written inline in the function around them.

use ruff_python_ast::{Comprehension, Expr, ExprDictComp, ExprListComp};

use super::{Emitted, Emitter, unsupported};
use crate::compile::instructions::Opcode;
use crate::syntax::{Span, SyntaxError};

/// What a comprehension adds per round.
#[derive(Clone, Copy)]
enum Element<'a> {
    Item(&'a Expr),
    Pair(&'a Expr, &'a Expr),
}

impl<'a> Emitter<'a> {
    pub(super) fn list_comprehension(&mut self, list: &'a ExprListComp) -> Emitted {
        self.comprehension(
            Span::of(list),
            &list.generators,
            Opcode::BuildList,
            Element::Item(&list.elt),
        )
    }

    pub(super) fn dict_comprehension(&mut self, dict: &'a ExprDictComp) -> Emitted {
        let Some(key) = &dict.key else {
            let message = "dict unpacking cannot be used in dict comprehension";
            return Err(SyntaxError::new(message, Span::of(dict)));
        };
        let element = Element::Pair(key, &dict.value);
        self.comprehension(Span::of(dict), &dict.generators, Opcode::BuildMap, element)
    }

    fn comprehension(
        &mut self,
        span: Span,
        generators: &'a [Comprehension],
        build: Opcode,
        element: Element<'a>,
    ) -> Emitted {
        let Some(first) = generators.first() else {
            return Ok(());
        };
        self.iterator(first)?;
        let around = std::mem::replace(&mut self.scope, self.scopes.opened_at(span));
        // An earlier round that ended in an exception may have left its variables behind.
        if !self.own_cells().is_empty() {
            self.clear_own_slots();
            self.make_own_cells();
        }
        self.op(build);
        self.emit(Opcode::Swap, 2);
        self.rounds(generators, 1, element)?;
        self.clear_own_slots();
        self.scope = around;
        Ok(())
    }

    fn clear_own_slots(&mut self) {
        for slot in self.scopes.own_slots(self.scope) {
            self.emit(Opcode::ClearFast, slot);
        }
    }

    fn iterator(&mut self, generator: &'a Comprehension) -> Emitted {
        if generator.is_async {
            return Err(unsupported("async comprehensions", Span::of(generator)));
        }
        self.expression(&generator.iter)?;
        self.emit_at(Span::of(&generator.iter), Opcode::GetIter, 0);
        Ok(())
    }

    /// The loops from a generator inwards; `depth` iterators lie above the result.
    fn rounds(
        &mut self,
        generators: &'a [Comprehension],
        depth: u32,
        element: Element<'a>,
    ) -> Emitted {
        let Some((generator, rest)) = generators.split_first() else {
            return self.add(element, depth);
        };
        let (start, next, end) = (self.label_here(), self.label(), self.label());
        self.at(Span::of(&generator.iter), |emitter| {
            emitter.jump(Opcode::ForIter, end)
        });
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
        Ok(())
    }

    fn add(&mut self, element: Element<'a>, depth: u32) -> Emitted {
        match element {
            Element::Item(item) => {
                self.expression(item)?;
                self.emit(Opcode::ListAppend, depth + 1);
            }
            Element::Pair(key, value) => {
                self.expression(key)?;
                self.expression(value)?;
                self.emit(Opcode::MapAdd, depth + 1);
            }
        }
        Ok(())
    }
}
