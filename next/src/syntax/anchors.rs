//! The part of an expression that a traceback points at: an operator, a pair of brackets, an argument list.

use ruff_python_ast::{Expr, ModModule, Stmt};
use ruff_python_parser::{parse_module, parse_parenthesized_expression_range};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::syntax::{Source, Span};

/// The anchor inside a span, in bytes of the source: the carets go there, tildes around it.
pub(super) fn anchor(source: &Source, span: Span) -> Option<Span> {
    let range = TextRange::new(TextSize::new(span.start), TextSize::new(span.end));
    let parsed = parse_parenthesized_expression_range(source.text(), range).ok()?;
    match parsed.expr() {
        Expr::BinOp(binary) => {
            let start = find(source, binary.left.end(), |c| {
                !c.is_whitespace() && c != ')'
            })?;
            let length = binary.op.as_str().len() as u32;
            Some(Span {
                start,
                end: start + length,
            })
        }
        Expr::Subscript(subscript) => {
            let start = find(source, subscript.value.end(), |c| c == '[')?;
            let end = find(source, subscript.slice.end(), |c| c == ']')? + 1;
            Some(Span { start, end })
        }
        Expr::Call(call) => {
            let start = find(source, call.func.end(), |c| c == '(')?;
            Some(Span {
                start,
                end: span.end,
            })
        }
        _ => None,
    }
}

/// Offset of the first character behind `from` that fits.
fn find(source: &Source, from: TextSize, fits: impl Fn(char) -> bool) -> Option<u32> {
    let rest = &source.text()[from.to_usize()..];
    rest.find(fits)
        .map(|offset| u32::from(from) + offset as u32)
}

/// Whether a span is the call of `return f(..)` or `x = f(..)`, where carets would say nothing.
pub(super) fn is_whole_call(lines: &str, start: u32, end: u32) -> bool {
    let Ok(parsed) = parse_module(lines) else {
        return false;
    };
    let Some(call) = plain_call(parsed.syntax()) else {
        return false;
    };
    call == TextRange::new(TextSize::new(start), TextSize::new(end)) && call.end() == trimmed(lines)
}

fn trimmed(lines: &str) -> TextSize {
    TextSize::of(lines.trim_end_matches('\n'))
}

fn plain_call(module: &ModModule) -> Option<TextRange> {
    match module.body.first()? {
        Stmt::Return(stmt) => {
            let call = stmt.value.as_deref()?.as_call_expr()?;
            call.func.is_name_expr().then(|| call.range())
        }
        Stmt::Assign(stmt) => Some(stmt.value.as_call_expr()?.range()),
        _ => None,
    }
}
