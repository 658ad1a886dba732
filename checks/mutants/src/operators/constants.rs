//! Constants that are others, bounds that are moved by one, orders that are weakened at one place.

use syn::{Expr, ExprCall, ExprLit, ExprPath, ExprRange, Lit};

use super::{Collector, key};
use crate::mutant::Operator;

const RELAXED: &str = "crate::sync::atomic::Ordering::Relaxed";

/// The orders above `Relaxed`.
const STRONG: [&str; 4] = ["Acquire", "Release", "AcqRel", "SeqCst"];

fn last(path: &syn::Path) -> String {
    let name = path.segments.last().map(|last| last.ident.to_string());
    name.unwrap_or_default()
}

/// The name of a function that is called by its path.
pub(super) fn name(call: &ExprCall) -> String {
    match &*call.func {
        Expr::Path(path) => last(&path.path),
        _ => String::new(),
    }
}

fn is_constant(name: &str) -> bool {
    name.len() > 1
        && name
            .chars()
            .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
}

impl Collector<'_> {
    pub(super) fn literal(&mut self, literal: &ExprLit) {
        match &literal.lit {
            Lit::Int(number) => {
                let suffix = number.suffix();
                if let Ok(value) = number.base10_parse::<u64>() {
                    let other = if value == 0 { 1 } else { value - 1 };
                    self.expression(Operator::Constant, literal, format!("{other}{suffix}"));
                }
            }
            Lit::Bool(value) => {
                let other = (!value.value).to_string();
                self.expression(Operator::Constant, literal, other);
            }
            _ => {}
        }
    }

    pub(super) fn path(&mut self, path: &ExprPath) {
        let name = last(&path.path);
        if STRONG.contains(&name.as_str()) {
            self.expression(Operator::Order, path, RELAXED.to_owned());
        } else if is_constant(&name) {
            let text = format!("crate::mutate::Other::other({})", self.text(path));
            self.expression(Operator::Constant, path, text);
        }
    }

    /// The bounds of a range: one later, one earlier.
    pub(super) fn bounds(&mut self, bounds: &ExprRange) {
        if let Some(start) = &bounds.start {
            self.bound(start, "+");
        }
        if let Some(end) = &bounds.end {
            self.bound(end, "-");
        }
    }

    fn bound(&mut self, bound: &Expr, step: &str) {
        if !matches!(bound, Expr::Lit(_)) {
            let text = format!("({}) {step} 1", self.text(bound));
            self.expression(Operator::Boundary, bound, text);
        }
    }

    /// A named site is weakened here, and nowhere else.
    pub(super) fn site(&mut self, call: &ExprCall) {
        self.expression(Operator::Order, call, RELAXED.to_owned());
        for argument in &call.args {
            self.settled.insert(key(argument));
        }
    }
}
