//! `from __future__ import ..`: what it may name, and where it may stand.

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{Alias, Expr, Stmt, StmtImportFrom};

use crate::syntax::{Span, SyntaxError};

/// What may be named; all of it but the last is part of the language by now.
const FEATURES: &[&str] = &[
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

/// Whether annotations are strings; refuses unknown features and imports that come too late.
pub(super) fn check(body: &[Stmt]) -> Result<bool, SyntaxError> {
    let mut annotations = false;
    let mut late = Late { error: None };
    let mut may_come = true;
    for (index, stmt) in body.iter().enumerate() {
        match stmt {
            Stmt::ImportFrom(import) if is_future(import) && may_come => {
                import.names.iter().try_for_each(check_feature)?;
                annotations |= import.names.iter().any(|name| &*name.name == "annotations");
            }
            Stmt::Expr(first) if index == 0 && matches!(*first.value, Expr::StringLiteral(_)) => {}
            _ => {
                may_come = false;
                late.visit_stmt(stmt);
            }
        }
    }
    late.error.map_or(Ok(annotations), Err)
}

pub(super) fn is_future(import: &StmtImportFrom) -> bool {
    import.level == 0 && import.module.as_deref() == Some("__future__")
}

fn check_feature(alias: &Alias) -> Result<(), SyntaxError> {
    let name = alias.name.as_str();
    let message = match name {
        "braces" => "not a chance".into(),
        _ if FEATURES.contains(&name) => return Ok(()),
        _ => format!("future feature {name} is not defined"),
    };
    Err(SyntaxError::new(message, Span::of(alias)))
}

struct Late {
    error: Option<SyntaxError>,
}

impl<'a> Visitor<'a> for Late {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::ImportFrom(import) if is_future(import) => {
                let message = "from __future__ imports must occur at the beginning of the file";
                let error = SyntaxError::new(message, Span::of(import));
                self.error.get_or_insert(error);
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, _: &'a Expr) {}
}
