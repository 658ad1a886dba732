//! Statements that are left out, change places, or are never reached.

use syn::{Block, Expr, Pat, ReturnType, Signature, Stmt, Type};

use super::memory::is_for_traces;
use super::{Collector, range};
use crate::mutant::{Edit, Form, Operator};

/// Whether a statement is there for what it does.
fn is_effect(statement: &Stmt) -> bool {
    match statement {
        Stmt::Expr(expression, Some(_)) => does(expression),
        Stmt::Local(local) => {
            let init = local.init.as_ref();
            matches!(local.pat, Pat::Wild(_)) && init.is_some_and(|init| does(&init.expr))
        }
        _ => false,
    }
}

fn does(expression: &Expr) -> bool {
    match expression {
        Expr::MethodCall(_) | Expr::Assign(_) => true,
        Expr::Call(_) => !is_for_traces(expression),
        Expr::Binary(both) => assigns(&both.op),
        Expr::Unsafe(block) => {
            matches!(&block.block.stmts[..], [Stmt::Expr(inner, _)] if does(inner))
        }
        _ => false,
    }
}

fn assigns(operator: &syn::BinOp) -> bool {
    use syn::BinOp::{
        AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign,
        ShlAssign, ShrAssign, SubAssign,
    };
    matches!(
        operator,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}

/// Whether a statement binds what is more than a look at something that never changes.
fn does_in_passing(statement: &Stmt) -> bool {
    let Stmt::Local(local) = statement else {
        return false;
    };
    local
        .init
        .as_ref()
        .is_some_and(|init| !is_constant(&init.expr))
}

/// Whether it does not matter when an expression is evaluated, as far as its form tells.
fn is_constant(expression: &Expr) -> bool {
    match expression {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Reference(inner) => is_constant(&inner.expr),
        Expr::Field(inner) => is_constant(&inner.base),
        Expr::Tuple(all) => all.elems.iter().all(is_constant),
        Expr::Call(call) => {
            let name = match &*call.func {
                Expr::Path(path) => path.path.segments.last(),
                _ => None,
            };
            let known = |name: &str| matches!(name, "site" | "of" | "from");
            name.is_some_and(|name| known(&name.ident.to_string()))
                && call.args.iter().all(is_constant)
        }
        Expr::MethodCall(call) => {
            call.method == "runtime" && call.args.is_empty() && is_constant(&call.receiver)
        }
        _ => false,
    }
}

/// The blocks of a statement, whose value is what the statement's is.
fn branches(expression: &Expr) -> Vec<&Block> {
    match expression {
        Expr::If(branch) => {
            let otherwise = branch
                .else_branch
                .iter()
                .flat_map(|(_, other)| branches(other));
            std::iter::once(&branch.then_branch)
                .chain(otherwise)
                .collect()
        }
        Expr::Block(block) => vec![&block.block],
        Expr::Unsafe(block) => vec![&block.block],
        Expr::Match(choice) => choice
            .arms
            .iter()
            .flat_map(|arm| branches(&arm.body))
            .collect(),
        _ => Vec::new(),
    }
}

/// What a function may give early: every type has few such values.
fn early_values(output: &Type) -> &'static [&'static str] {
    let Type::Path(path) = output else {
        return &[];
    };
    let name = path.path.segments.last().map(|last| last.ident.to_string());
    match name.as_deref() {
        Some("bool") => &["return true;", "return false;"],
        Some("Option") => &["return None;"],
        Some("usize" | "u64" | "u32" | "u8" | "i64" | "Vec") => &["return Default::default();"],
        _ => &[],
    }
}

impl Collector<'_> {
    pub(super) fn statements(&mut self, block: &Block) {
        let is_unit = self.unit.contains(&range(block).start);
        for (at, statement) in block.stmts.iter().enumerate() {
            let is_last = at + 1 == block.stmts.len();
            if let Stmt::Expr(expression, semicolon) = statement
                && (semicolon.is_some() || !is_last || is_unit)
            {
                let inner = branches(expression);
                self.unit
                    .extend(inner.iter().map(|block| range(*block).start));
            }
            if is_effect(statement) || is_last && is_unit && is_tail(statement) {
                self.statement(Operator::Drop, statement, "");
            }
        }
        for pair in block.stmts.windows(2) {
            self.swapped(&pair[0], &pair[1]);
        }
    }

    /// The second statement comes before the first, which may bind what the first does not use.
    fn swapped(&mut self, first: &Stmt, second: &Stmt) {
        let moves = is_effect(first) || does_in_passing(first);
        if !moves || !(is_effect(second) || is_tail(second)) {
            return;
        }
        let (text, other) = (self.text(second), self.text(first));
        let start = range(first).start;
        let edits = vec![
            Edit {
                at: start..start,
                form: Form::Before(format!("{text};")),
            },
            Edit {
                at: range(second),
                form: Form::Statement(String::new()),
            },
        ];
        let whole = start..range(second).end;
        self.add(Operator::Swap, whole, format!("{text}; {other}"), edits);
    }

    pub(super) fn early_returns(&mut self, signature: &Signature, block: &Block) {
        let Some(first) = block.stmts.first() else {
            return;
        };
        match &signature.output {
            ReturnType::Default => {
                // Leaving the last one out is the same as returning before it.
                for statement in block.stmts.iter().take(block.stmts.len() - 1) {
                    self.before(Operator::Return, range(statement).start, "return;");
                }
            }
            ReturnType::Type(_, output) => {
                for value in early_values(output) {
                    self.before(Operator::Return, range(first).start, value);
                }
            }
        }
    }
}

/// A call at the end of a block.
fn is_tail(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(expression, None) if does(expression))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::does_in_passing;

    #[test]
    fn a_look_at_what_never_changes_may_come_at_any_time() {
        for look in [
            parse_quote!(let runtime = ts.runtime();),
            parse_quote!(let lot = &ts.runtime().parking.lot;),
            parse_quote!(let order = site("x.y", Release);),
            parse_quote!(let key = Key::of(signal);),
        ] {
            assert!(!does_in_passing(&look));
        }
        for deed in [
            parse_quote!(let old = self.word.load(Relaxed);),
            parse_quote!(let found = self.find(key);),
        ] {
            assert!(does_in_passing(&deed));
        }
    }
}
