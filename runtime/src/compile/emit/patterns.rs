//! `match`.
//!
//! A pattern consumes the subject on top of the stack. What it binds waits on the stack, below what the pattern still
//! has to look at, until the whole pattern has matched. Where a pattern fails depends on how much is on the stack: the
//! n-th label of [`Failures`] drops n operands.

mod alternatives;
mod structures;

use ruff_python_ast::{
    Expr, MatchCase, Pattern, PatternMatchAs, PatternMatchSingleton, PatternMatchValue, Singleton,
    StmtMatch,
};

use super::{Emitted, Emitter, Label};
use crate::compile::code::Constant;
use crate::compile::instructions::Opcode;
use crate::compile::operands::Comparison;
use crate::syntax::{Span, SyntaxError};

/// What is known while a pattern is written.
#[derive(Default)]
struct Matching<'a> {
    /// Names bound so far; the first one's value lies on top of the others'.
    stores: Vec<&'a str>,
    /// Whether the pattern may match everything.
    may_be_irrefutable: bool,
    /// The label that drops as many operands as its index.
    failures: Vec<Label>,
    /// Operands above the stored ones that the pattern still looks at.
    on_top: u32,
}

impl<'a> Emitter<'a> {
    pub(super) fn match_statement(&mut self, stmt: &'a StmtMatch) -> Emitted {
        self.kept(&stmt.subject)?;
        let end = self.label();
        let (cases, default) = split_default(&stmt.cases);
        for (index, case) in cases.iter().enumerate() {
            let is_last = index + 1 == cases.len();
            let matching = Matching {
                may_be_irrefutable: case.guard.is_some() || is_last && default.is_none(),
                ..Matching::default()
            };
            let span = Span::of(&case.pattern);
            self.at(span, |emitter| emitter.case(case, matching, is_last, end))?;
        }
        if let Some(case) = default {
            if cases.is_empty() {
                self.op(Opcode::PopTop);
            }
            self.body(&case.body)?;
        }
        self.place(end);
        Ok(())
    }

    /// One case; all but the last one keep a copy of the subject.
    fn case(
        &mut self,
        case: &'a MatchCase,
        mut matching: Matching<'a>,
        is_last: bool,
        end: Label,
    ) -> Emitted {
        if !is_last {
            self.emit(Opcode::Copy, 1);
        }
        self.pattern(&case.pattern, &mut matching)?;
        for name in std::mem::take(&mut matching.stores) {
            self.store(name)?;
        }
        if let Some(guard) = &case.guard {
            let failed = self.failure(0, &mut matching);
            self.jump_if(guard, false, failed)?;
        }
        if !is_last {
            self.op(Opcode::PopTop);
        }
        self.body(&case.body)?;
        self.jump(Opcode::Jump, end);
        self.place_failures(&mut matching);
        Ok(())
    }

    fn pattern(&mut self, pattern: &'a Pattern, matching: &mut Matching<'a>) -> Emitted {
        self.at(Span::of(pattern), |emitter| match pattern {
            Pattern::MatchValue(value) => emitter.value_pattern(value, matching),
            Pattern::MatchSingleton(value) => {
                emitter.singleton_pattern(value, matching);
                Ok(())
            }
            Pattern::MatchSequence(sequence) => emitter.sequence_pattern(sequence, matching),
            Pattern::MatchMapping(mapping) => emitter.mapping_pattern(mapping, matching),
            Pattern::MatchClass(class) => emitter.class_pattern(class, matching),
            Pattern::MatchStar(star) => emitter.capture(star.name.as_deref(), matching),
            Pattern::MatchAs(capture) => emitter.as_pattern(capture, matching),
            Pattern::MatchOr(or) => emitter.or_pattern(&or.patterns, matching),
        })
    }

    /// A pattern inside another may match everything.
    fn subpattern(&mut self, pattern: &'a Pattern, matching: &mut Matching<'a>) -> Emitted {
        let around = std::mem::replace(&mut matching.may_be_irrefutable, true);
        let result = self.pattern(pattern, matching);
        matching.may_be_irrefutable = around;
        result
    }

    /// The label that drops a number of operands.
    fn failure(&mut self, drops: u32, matching: &mut Matching<'a>) -> Label {
        while matching.failures.len() <= drops as usize {
            let label = self.label();
            matching.failures.push(label);
        }
        matching.failures[drops as usize]
    }

    fn fail(&mut self, opcode: Opcode, matching: &mut Matching<'a>) {
        let drops = matching.on_top + matching.stores.len() as u32;
        let label = self.failure(drops, matching);
        self.jump(opcode, label);
    }

    fn fail_unless(&mut self, comparison: Comparison, matching: &mut Matching<'a>) {
        let drops = matching.on_top + matching.stores.len() as u32;
        let label = self.failure(drops, matching);
        self.compare_jump(comparison, false, label);
    }

    fn place_failures(&mut self, matching: &mut Matching<'a>) {
        let mut failures = std::mem::take(&mut matching.failures);
        while let Some(label) = failures.pop() {
            self.place(label);
            if !failures.is_empty() {
                self.op(Opcode::PopTop);
            }
        }
    }

    /// Moves the top operand below `count - 1` others.
    fn rotate(&mut self, count: u32) {
        for position in (2..=count).rev() {
            self.emit(Opcode::Swap, position);
        }
    }

    /// Keeps the subject for a name, or drops it.
    fn capture(&mut self, name: Option<&'a str>, matching: &mut Matching<'a>) -> Emitted {
        let Some(name) = name else {
            self.op(Opcode::PopTop);
            return Ok(());
        };
        self.remember(name, matching)?;
        self.rotate(matching.on_top + matching.stores.len() as u32);
        Ok(())
    }

    fn remember(&mut self, name: &'a str, matching: &mut Matching<'a>) -> Emitted {
        if name == "__debug__" {
            return self.error("cannot assign to __debug__");
        }
        if matching.stores.contains(&name) {
            return self.error(format!("multiple assignments to name '{name}' in pattern"));
        }
        matching.stores.push(name);
        Ok(())
    }

    fn as_pattern(&mut self, found: &'a PatternMatchAs, matching: &mut Matching<'a>) -> Emitted {
        let name = found.name.as_deref();
        let Some(pattern) = &found.pattern else {
            if !matching.may_be_irrefutable {
                return self.error(match name {
                    Some(name) => {
                        format!("name capture '{name}' makes remaining patterns unreachable")
                    }
                    None => "wildcard makes remaining patterns unreachable".into(),
                });
            }
            return self.capture(name, matching);
        };
        matching.on_top += 1;
        self.emit(Opcode::Copy, 1);
        self.pattern(pattern, matching)?;
        matching.on_top -= 1;
        self.capture(name, matching)
    }

    fn value_pattern(
        &mut self,
        pattern: &'a PatternMatchValue,
        matching: &mut Matching<'a>,
    ) -> Emitted {
        if !is_value(&pattern.value) {
            return Err(SyntaxError::new(
                "patterns may only match literals and attribute lookups",
                Span::of(pattern),
            ));
        }
        self.expression(&pattern.value)?;
        self.fail_unless(Comparison::Eq, matching);
        Ok(())
    }

    fn singleton_pattern(&mut self, pattern: &PatternMatchSingleton, matching: &mut Matching<'a>) {
        self.constant(match pattern.value {
            Singleton::None => Constant::None,
            Singleton::True => Constant::Bool(true),
            Singleton::False => Constant::Bool(false),
        });
        self.emit(Opcode::IsOp, 0);
        self.fail(Opcode::PopJumpIfFalse, matching);
    }
}

/// The cases that test something, and a wildcard that ends them.
fn split_default(cases: &[MatchCase]) -> (&[MatchCase], Option<&MatchCase>) {
    match cases.split_last() {
        Some((last, rest)) if is_wildcard(&last.pattern) && last.guard.is_none() => {
            (rest, Some(last))
        }
        _ => (cases, None),
    }
}

/// `_`
fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::MatchAs(found) if found.pattern.is_none() && found.name.is_none())
}

/// Literals, numbers with a sign or an imaginary part, and dotted names.
fn is_value(expr: &Expr) -> bool {
    match expr {
        Expr::UnaryOp(unary) => matches!(*unary.operand, Expr::NumberLiteral(_)),
        Expr::BinOp(binary) => is_value(&binary.left) && is_value(&binary.right),
        Expr::NumberLiteral(_)
        | Expr::StringLiteral(_)
        | Expr::BytesLiteral(_)
        | Expr::Attribute(_) => true,
        _ => false,
    }
}
