//! Assignment, augmented assignment, and deletion.

use ruff_python_ast::{Expr, StmtAnnAssign, StmtAssign, StmtAugAssign};

use super::{Emitted, Emitter};
use crate::compile::instructions::Opcode;
use crate::compile::operands::IN_PLACE;
use crate::syntax::{Span, SyntaxError};

impl<'a> Emitter<'a> {
    pub(super) fn assign(&mut self, stmt: &'a StmtAssign) -> Emitted {
        if let [target] = &stmt.targets[..]
            && self.swap_assign(target, &stmt.value)?
        {
            return Ok(());
        }
        match stmt.targets.len() {
            1 => self.expression(&stmt.value)?,
            _ => self.kept(&stmt.value)?,
        }
        if let Some((last, first)) = stmt.targets.split_last() {
            for target in first {
                self.emit(Opcode::Copy, 1);
                self.assign_whole(target)?;
            }
            self.assign_whole(last)?;
        }
        Ok(())
    }

    /// `a, b = x, y` without a tuple in between, for two or three.
    fn swap_assign(&mut self, target: &'a Expr, value: &'a Expr) -> Result<bool, SyntaxError> {
        let (Expr::Tuple(targets), Expr::Tuple(values)) = (target, value) else {
            return Ok(false);
        };
        let (targets, values) = (&targets.elts, &values.elts);
        let stars = targets.iter().chain(values).any(Expr::is_starred_expr);
        if stars || targets.len() != values.len() || !(2..=3).contains(&targets.len()) {
            return Ok(false);
        }
        values.iter().try_for_each(|value| self.kept(value))?;
        self.emit(Opcode::Swap, values.len() as u32);
        targets
            .iter()
            .try_for_each(|target| self.assign_target(target))?;
        Ok(true)
    }

    /// A target of a statement, where a star must be inside a list or tuple.
    fn assign_whole(&mut self, target: &'a Expr) -> Emitted {
        if let Expr::Starred(starred) = target {
            let message = "starred assignment target must be in a list or tuple";
            return Err(SyntaxError::new(message, Span::of(starred)));
        }
        self.assign_target(target)
    }

    /// Pops a value into a target.
    pub(super) fn assign_target(&mut self, target: &'a Expr) -> Emitted {
        self.at(Span::of(target), |emitter| emitter.assign_here(target))
    }

    fn assign_here(&mut self, target: &'a Expr) -> Emitted {
        match target {
            Expr::Name(name) => self.store(&name.id)?,
            Expr::Attribute(attribute) => {
                self.refuse_debug(&attribute.attr)?;
                self.expression(&attribute.value)?;
                let span = self.attribute_span(attribute);
                self.at(span, |emitter| {
                    emitter.emit_name(Opcode::StoreAttr, &attribute.attr)
                });
            }
            Expr::Subscript(subscript) => {
                self.expression(&subscript.value)?;
                self.expression(&subscript.slice)?;
                self.op(Opcode::StoreSubscr);
            }
            Expr::Tuple(tuple) => return self.unpack(&tuple.elts),
            Expr::List(list) => return self.unpack(&list.elts),
            _ => {
                return Err(SyntaxError::new(
                    "cannot assign to this expression",
                    self.span,
                ));
            }
        }
        Ok(())
    }

    fn unpack(&mut self, targets: &'a [Expr]) -> Emitted {
        let mut stars = targets
            .iter()
            .enumerate()
            .filter(|(_, target)| target.is_starred_expr());
        let star = stars.next().map(|(position, _)| position);
        if stars.next().is_some() {
            let message = "multiple starred expressions in assignment";
            return Err(SyntaxError::new(message, self.span));
        }
        match star {
            None => self.emit(Opcode::UnpackSequence, targets.len() as u32),
            Some(before) => {
                let after = targets.len() - before - 1;
                if before > 0xff || after > 0xffff {
                    let message = "too many expressions in star-unpacking assignment";
                    return Err(SyntaxError::new(message, self.span));
                }
                self.emit(Opcode::UnpackEx, before as u32 | (after as u32) << 8);
            }
        }
        for target in targets {
            match target {
                Expr::Starred(starred) => self.assign_target(&starred.value)?,
                _ => self.assign_target(target)?,
            }
        }
        Ok(())
    }

    pub(super) fn augmented_assign(&mut self, stmt: &'a StmtAugAssign) -> Emitted {
        match &*stmt.target {
            Expr::Name(name) => {
                self.at(Span::of(name), |emitter| emitter.load(&name.id));
                self.operate(stmt)?;
                self.at(Span::of(name), |emitter| emitter.store(&name.id))?;
            }
            Expr::Attribute(attribute) => {
                self.refuse_debug(&attribute.attr)?;
                let span = self.attribute_span(attribute);
                self.expression(&attribute.value)?;
                self.emit(Opcode::Copy, 1);
                self.at(span, |emitter| {
                    emitter.emit_name(Opcode::LoadAttr, &attribute.attr)
                });
                self.operate(stmt)?;
                self.emit(Opcode::Swap, 2);
                self.at(span, |emitter| {
                    emitter.emit_name(Opcode::StoreAttr, &attribute.attr)
                });
            }
            Expr::Subscript(subscript) => {
                let span = Span::of(subscript);
                self.expression(&subscript.value)?;
                self.expression(&subscript.slice)?;
                self.emit(Opcode::Copy, 2);
                self.emit(Opcode::Copy, 2);
                self.emit_at(span, Opcode::LoadSubscr, 0);
                self.operate(stmt)?;
                self.emit(Opcode::Swap, 3);
                self.emit(Opcode::Swap, 2);
                self.emit_at(span, Opcode::StoreSubscr, 0);
            }
            _ => {
                return Err(SyntaxError::new(
                    "illegal expression for augmented assignment",
                    self.span,
                ));
            }
        }
        Ok(())
    }

    /// The operation of an augmented assignment, on the value on top.
    fn operate(&mut self, stmt: &'a StmtAugAssign) -> Emitted {
        self.expression(&stmt.value)?;
        self.apply(stmt.op, IN_PLACE);
        Ok(())
    }

    /// `target: annotation = value`; a target without a value is only looked at.
    pub(super) fn annotated_assign(&mut self, stmt: &'a StmtAnnAssign) -> Emitted {
        if let Some(value) = &stmt.value {
            self.expression(value)?;
            self.assign_whole(&stmt.target)?;
        }
        match &*stmt.target {
            Expr::Name(name) if stmt.simple => {
                self.refuse_debug(&name.id)?;
                self.pass_annotation(Span::of(stmt), &name.id, &stmt.annotation);
            }
            Expr::Attribute(attribute) if stmt.value.is_none() => {
                self.expression(&attribute.value)?;
                self.op(Opcode::PopTop);
            }
            Expr::Subscript(subscript) if stmt.value.is_none() => {
                self.expression(&subscript.value)?;
                self.op(Opcode::PopTop);
                self.expression(&subscript.slice)?;
                self.op(Opcode::PopTop);
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn refuse_debug(&self, name: &str) -> Emitted {
        match name {
            "__debug__" => self.error("cannot assign to __debug__"),
            _ => Ok(()),
        }
    }

    pub(super) fn delete_target(&mut self, target: &'a Expr) -> Emitted {
        self.at(Span::of(target), |emitter| emitter.delete_here(target))
    }

    fn delete_here(&mut self, target: &'a Expr) -> Emitted {
        match target {
            Expr::Name(name) => self.delete(&name.id)?,
            Expr::Attribute(attribute) => {
                self.expression(&attribute.value)?;
                self.emit_name(Opcode::DeleteAttr, &attribute.attr);
            }
            Expr::Subscript(subscript) => {
                self.expression(&subscript.value)?;
                self.expression(&subscript.slice)?;
                self.op(Opcode::DeleteSubscr);
            }
            Expr::Tuple(tuple) => {
                return tuple
                    .elts
                    .iter()
                    .try_for_each(|item| self.delete_target(item));
            }
            Expr::List(list) => {
                return list
                    .elts
                    .iter()
                    .try_for_each(|item| self.delete_target(item));
            }
            _ => return Err(SyntaxError::new("cannot delete this expression", self.span)),
        }
        Ok(())
    }
}
