//! Or-patterns. Every alternative must bind the same names, and leaves them on the stack in the order of the first.

use ruff_python_ast::Pattern;

use super::super::{Emitted, Emitter, Label};
use super::Matching;
use crate::compile::instructions::Opcode;

impl<'a> Emitter<'a> {
    pub(super) fn or_pattern(
        &mut self,
        patterns: &'a [Pattern],
        matching: &mut Matching<'a>,
    ) -> Emitted {
        let end = self.label();
        let mut control: Option<Vec<&'a str>> = None;
        for (index, pattern) in patterns.iter().enumerate() {
            let is_last = index + 1 == patterns.len();
            let mut alternative = Matching {
                may_be_irrefutable: is_last && matching.may_be_irrefutable,
                ..Matching::default()
            };
            self.alternative(pattern, &mut alternative, &mut control, end)?;
        }
        self.op(Opcode::PopTop);
        self.fail(Opcode::Jump, matching);
        self.place(end);
        self.keep_names(control.unwrap_or_default(), matching)?;
        self.op(Opcode::PopTop);
        Ok(())
    }

    fn alternative(
        &mut self,
        pattern: &'a Pattern,
        alternative: &mut Matching<'a>,
        control: &mut Option<Vec<&'a str>>,
        end: Label,
    ) -> Emitted {
        self.emit(Opcode::Copy, 1);
        self.pattern(pattern, alternative)?;
        match control {
            None => *control = Some(alternative.stores.clone()),
            Some(control) => self.reorder(control, &mut alternative.stores)?,
        }
        self.jump(Opcode::Jump, end);
        self.place_failures(alternative);
        Ok(())
    }

    /// Brings the values on the stack into the order of the first alternative's names.
    fn reorder(&mut self, control: &[&'a str], stores: &mut Vec<&'a str>) -> Emitted {
        let different = "alternative patterns bind different names";
        if control.len() != stores.len() {
            return self.error(different);
        }
        for (place, name) in control.iter().enumerate().rev() {
            let Some(found) = stores.iter().position(|store| store == name) else {
                return self.error(different);
            };
            if found == place {
                continue;
            }
            let moved: Vec<&str> = stores.drain(..=found).collect();
            let behind = place - found;
            stores.splice(behind..behind, moved);
            for _ in 0..=found {
                self.rotate(place as u32 + 1);
            }
        }
        Ok(())
    }

    /// Moves the values of an or-pattern, which lie above the subject, to those bound before.
    fn keep_names(&mut self, names: Vec<&'a str>, matching: &mut Matching<'a>) -> Emitted {
        let before = matching.on_top + matching.stores.len() as u32;
        let count = names.len() as u32 + 1 + before;
        for name in names {
            self.rotate(count);
            self.remember(name, matching)?;
        }
        Ok(())
    }
}
