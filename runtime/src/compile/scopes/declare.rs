//! `global` and `nonlocal`, and what they contradict.

use ruff_python_ast::Identifier;

use super::collect::Collector;
use super::{ScopeId, ScopeKind, Symbol};
use crate::syntax::Span;

impl Collector {
    pub(super) fn declare(&mut self, word: &str, names: &[Identifier], statement: Span) {
        let at_module_level = self.now == ScopeId::MODULE;
        if word == "nonlocal" && at_module_level {
            let message = "nonlocal declaration not allowed at module level";
            self.fail(message.into(), statement);
        }
        for name in names {
            let symbol = *self.symbol(name);
            if let Some(message) = conflict(word, name, symbol) {
                self.fail(message, statement);
            }
            if word == "nonlocal" && !at_module_level {
                let name = self.mangled(name);
                self.nonlocals.push((self.now, name, statement));
            }
            let symbol = self.symbol(name);
            match word {
                "global" => symbol.global = true,
                _ => symbol.nonlocal = true,
            }
        }
    }

    pub(super) fn check_nonlocals(&mut self) {
        for (scope, name, statement) in std::mem::take(&mut self.nonlocals) {
            match self.scopes.binder(scope, &name) {
                None => self.fail(format!("no binding for nonlocal '{name}' found"), statement),
                Some(binder) if self.scopes.kind(binder) == ScopeKind::TypeParameters => {
                    let message =
                        format!("nonlocal binding not allowed for type parameter '{name}'");
                    self.fail(message, statement);
                }
                Some(_) => {}
            }
        }
    }
}

/// What a declaration contradicts.
fn conflict(word: &str, name: &str, symbol: Symbol) -> Option<String> {
    if symbol.parameter {
        return Some(format!("name '{name}' is parameter and {word}"));
    }
    if symbol.global && word == "nonlocal" || symbol.nonlocal && word == "global" {
        return Some(format!("name '{name}' is nonlocal and global"));
    }
    if symbol.global || symbol.nonlocal {
        return None;
    }
    if symbol.used {
        return Some(format!("name '{name}' is used prior to {word} declaration"));
    }
    if symbol.annotated {
        return Some(format!("annotated name '{name}' can't be {word}"));
    }
    symbol
        .bound
        .then(|| format!("name '{name}' is assigned to before {word} declaration"))
}
