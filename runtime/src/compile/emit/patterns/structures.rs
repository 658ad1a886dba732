//! Patterns that take a subject apart: sequences, mappings, classes.

use ruff_python_ast::{
    Expr, Pattern, PatternMatchClass, PatternMatchMapping, PatternMatchSequence,
};

use super::super::{Emitted, Emitter};
use super::{Matching, is_value, is_wildcard};
use crate::compile::code::Constant;
use crate::compile::instructions::Opcode;
use crate::compile::operands::{BinaryOperator, Comparison};
use crate::syntax::{Span, SyntaxError};
use crate::text::{Wtf8, quote};

impl<'a> Emitter<'a> {
    pub(super) fn sequence_pattern(
        &mut self,
        sequence: &'a PatternMatchSequence,
        matching: &mut Matching<'a>,
    ) -> Emitted {
        let patterns = &sequence.patterns;
        let stars = patterns.iter().filter(|each| each.is_match_star()).count();
        if stars > 1 {
            return self.error("multiple starred names in sequence pattern");
        }
        matching.on_top += 1;
        self.op(Opcode::MatchSequence);
        self.fail(Opcode::PopJumpIfFalse, matching);
        self.check_length(patterns.len(), stars, matching);
        matching.on_top -= 1;
        let star = patterns.iter().position(Pattern::is_match_star);
        let ignores = |each: &Pattern| match each {
            Pattern::MatchStar(star) => star.name.is_none(),
            _ => is_wildcard(each),
        };
        if patterns.iter().all(ignores) {
            self.op(Opcode::PopTop);
            return Ok(());
        }
        match star {
            Some(star) if ignores(&patterns[star]) => self.pick(patterns, star, matching),
            _ => self.unpack_pattern(patterns, star, matching),
        }
    }

    fn check_length(&mut self, count: usize, stars: usize, matching: &mut Matching<'a>) {
        let (least, comparison) = match stars {
            0 => (count, Comparison::Eq),
            _ => (count - 1, Comparison::Ge),
        };
        if stars == 0 || least > 0 {
            self.op(Opcode::GetLen);
            self.constant(Constant::Int(least as i64));
            self.fail_unless(comparison, matching);
        }
    }

    fn unpack_pattern(
        &mut self,
        patterns: &'a [Pattern],
        star: Option<usize>,
        matching: &mut Matching<'a>,
    ) -> Emitted {
        match star {
            None => self.emit(Opcode::UnpackSequence, patterns.len() as u32),
            Some(before) => {
                let after = patterns.len() - before - 1;
                if before > 0xff || after > 0xffff {
                    return self.error("too many expressions in star-unpacking sequence pattern");
                }
                self.emit(Opcode::UnpackEx, before as u32 | (after as u32) << 8);
            }
        }
        self.subpatterns(patterns.iter(), matching)
    }

    /// Matches the operands on top, one for each pattern, the first on top.
    fn subpatterns(
        &mut self,
        patterns: impl ExactSizeIterator<Item = &'a Pattern>,
        matching: &mut Matching<'a>,
    ) -> Emitted {
        matching.on_top += patterns.len() as u32;
        for pattern in patterns {
            matching.on_top -= 1;
            self.subpattern(pattern, matching)?;
        }
        Ok(())
    }

    /// Takes single items out of a sequence whose other items nobody wants.
    fn pick(
        &mut self,
        patterns: &'a [Pattern],
        star: usize,
        matching: &mut Matching<'a>,
    ) -> Emitted {
        matching.on_top += 1;
        for (index, pattern) in patterns.iter().enumerate() {
            if index == star || is_wildcard(pattern) {
                continue;
            }
            self.emit(Opcode::Copy, 1);
            if index < star {
                self.constant(Constant::Int(index as i64));
            } else {
                self.op(Opcode::GetLen);
                self.constant(Constant::Int((patterns.len() - index) as i64));
                self.emit(Opcode::BinarySubtract, BinaryOperator::Subtract as u32);
            }
            self.op(Opcode::LoadSubscr);
            self.subpattern(pattern, matching)?;
        }
        matching.on_top -= 1;
        self.op(Opcode::PopTop);
        Ok(())
    }

    pub(super) fn mapping_pattern(
        &mut self,
        mapping: &'a PatternMatchMapping,
        matching: &mut Matching<'a>,
    ) -> Emitted {
        let count = mapping.keys.len() as u32;
        matching.on_top += 1;
        self.op(Opcode::MatchMapping);
        self.fail(Opcode::PopJumpIfFalse, matching);
        if count == 0 && mapping.rest.is_none() {
            matching.on_top -= 1;
            self.op(Opcode::PopTop);
            return Ok(());
        }
        if count > 0 {
            self.op(Opcode::GetLen);
            self.constant(Constant::Int(count.into()));
            self.fail_unless(Comparison::Ge, matching);
        }
        self.mapping_keys(&mapping.keys)?;
        self.emit(Opcode::BuildTuple, count);
        self.op(Opcode::MatchKeys);
        matching.on_top += 2;
        self.emit(Opcode::Copy, 1);
        self.fail(Opcode::PopJumpIfNone, matching);
        self.emit(Opcode::UnpackSequence, count);
        matching.on_top -= 1;
        self.subpatterns(mapping.patterns.iter(), matching)?;
        matching.on_top -= 2;
        self.rest_of_mapping(mapping.rest.as_deref(), count, matching)
    }

    fn mapping_keys(&mut self, keys: &'a [Expr]) -> Emitted {
        let mut seen: Vec<Constant> = Vec::new();
        for key in keys {
            if let Some(constant) = self.constant_value(key)? {
                if seen.contains(&constant) {
                    let text = match &constant {
                        Constant::Str(text) => quote::of_str(Wtf8::new(&**text)),
                        Constant::Bytes(bytes) => quote::of_bytes(bytes),
                        _ => self.source.slice(Span::of(key)).to_owned(),
                    };
                    return self.error(format!("mapping pattern checks duplicate key ({text})"));
                }
                seen.push(constant);
            } else if !is_value(key) {
                let message = "mapping pattern keys may only match literals and attribute lookups";
                return Err(SyntaxError::new(message, Span::of(key)));
            }
            self.expression(key)?;
        }
        Ok(())
    }

    /// Drops the subject and the keys, or makes a dict of what other keys the subject has.
    fn rest_of_mapping(
        &mut self,
        rest: Option<&'a str>,
        count: u32,
        matching: &mut Matching<'a>,
    ) -> Emitted {
        let Some(name) = rest else {
            self.op(Opcode::PopTop);
            self.op(Opcode::PopTop);
            return Ok(());
        };
        self.emit(Opcode::BuildMap, 0);
        self.emit(Opcode::Swap, 3);
        self.emit(Opcode::DictUpdate, 2);
        self.emit(Opcode::UnpackSequence, count);
        for left in (1..=count).rev() {
            self.emit(Opcode::Copy, 1 + left);
            self.emit(Opcode::Swap, 2);
            self.op(Opcode::DeleteSubscr);
        }
        self.capture(Some(name), matching)
    }

    pub(super) fn class_pattern(
        &mut self,
        class: &'a PatternMatchClass,
        matching: &mut Matching<'a>,
    ) -> Emitted {
        let (positional, named) = (&class.arguments.patterns, &class.arguments.keywords);
        for (index, keyword) in named.iter().enumerate() {
            let name = keyword.attr.as_str();
            let mut others = named[index + 1..].iter();
            if let Some(other) = others.find(|other| other.attr.as_str() == name) {
                let message = format!("attribute name repeated in class pattern: {name}");
                return Err(SyntaxError::new(message, Span::of(&other.pattern)));
            }
        }
        self.expression(&class.cls)?;
        self.texts(named.iter().map(|keyword| keyword.attr.as_str()));
        self.emit(Opcode::MatchClass, positional.len() as u32);
        matching.on_top += 1;
        self.emit(Opcode::Copy, 1);
        self.fail(Opcode::PopJumpIfNone, matching);
        let count = (positional.len() + named.len()) as u32;
        self.emit(Opcode::UnpackSequence, count);
        matching.on_top -= 1;
        let patterns = positional
            .iter()
            .chain(named.iter().map(|keyword| &keyword.pattern));
        let patterns: Vec<&Pattern> = patterns.collect();
        self.subpatterns(patterns.into_iter(), matching)
    }
}
