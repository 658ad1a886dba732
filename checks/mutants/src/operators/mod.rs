//! The operators: from a file to the mutants of it.

mod conditions;
mod constants;
mod loops;
mod memory;
mod sections;
mod statements;

use std::collections::BTreeSet;
use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Arm, Attribute, Block, Expr, ImplItemFn, ItemConst, ItemFn, ItemMod, ItemStatic, Macro, Pat,
    ReturnType, Signature, TraitItemFn, Type,
};

use crate::mutant::{Edit, Form, Mutant, Operator};
use crate::source::{self, Source};

/// The mutants of every file, in the order of the files and of the places in them.
#[must_use]
pub fn mutants(sources: &[Source]) -> Vec<Mutant> {
    sources
        .iter()
        .filter(|source| !source.is_test)
        .flat_map(|source| {
            // It was parsed when it was found.
            let syntax = syn::parse_file(&source.text).ok();
            syntax.map_or(Vec::new(), |syntax| Collector::new(source).collect(&syntax))
        })
        .collect()
}

/// Walks through one file.
struct Collector<'a> {
    source: &'a Source,
    function: String,
    /// The blocks, by where they start, whose value is `()`.
    unit: BTreeSet<usize>,
    /// Conditions that have been dealt with, by where they start and end.
    conditions: BTreeSet<(usize, usize)>,
    /// Expressions that no operator may touch, by where they start and end.
    settled: BTreeSet<(usize, usize)>,
    /// Whether this is a method of the proof that a lock is held.
    in_writer: bool,
    /// Variables that say whether a fault is on.
    faults: BTreeSet<String>,
    found: Vec<Mutant>,
}

fn range(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}

fn key(node: &impl Spanned) -> (usize, usize) {
    let range = range(node);
    (range.start, range.end)
}

impl<'a> Collector<'a> {
    fn new(source: &'a Source) -> Self {
        Self {
            source,
            function: String::new(),
            unit: BTreeSet::new(),
            conditions: BTreeSet::new(),
            settled: BTreeSet::new(),
            in_writer: false,
            faults: BTreeSet::new(),
            found: Vec::new(),
        }
    }

    fn collect(mut self, syntax: &syn::File) -> Vec<Mutant> {
        self.visit_file(syntax);
        self.found
            .sort_by_key(|mutant| (mutant.range.start, mutant.range.end, mutant.operator));
        self.found
    }

    fn text(&self, node: &impl Spanned) -> &'a str {
        &self.source.text[range(node)]
    }

    /// A mutant that is made by these edits, and told as `text` in place of the range.
    fn add(&mut self, operator: Operator, range: Range<usize>, text: String, edits: Vec<Edit>) {
        let before = &self.source.text[..range.start];
        self.found.push(Mutant {
            file: self.source.path.clone(),
            line: before.matches('\n').count() + 1,
            function: self.function.clone(),
            operator,
            range,
            text,
            edits,
        });
    }

    /// A mutant in which one expression is another.
    fn expression(&mut self, operator: Operator, node: &impl Spanned, text: String) {
        let at = range(node);
        let form = Form::Expression(text.clone());
        self.add(operator, at.clone(), text, vec![Edit { at, form }]);
    }

    /// A mutant in which one statement is another.
    fn statement(&mut self, operator: Operator, node: &impl Spanned, text: &str) {
        let at = range(node);
        let form = Form::Statement(text.to_owned());
        self.add(
            operator,
            at.clone(),
            text.to_owned(),
            vec![Edit { at, form }],
        );
    }

    /// A mutant of a condition.
    fn condition(&mut self, operator: Operator, node: &impl Spanned, form: Form) {
        let at = range(node);
        let text = self.text(node);
        let told = match form {
            Form::Or => format!("({text}) | true"),
            Form::AndNot => format!("({text}) & false"),
            Form::LetNever => format!("{text} && false"),
            _ => format!("!({text})"),
        };
        self.add(operator, at.clone(), told, vec![Edit { at, form }]);
    }

    /// A mutant in which a statement comes before a place, or at the end of what `node` is.
    fn before(&mut self, operator: Operator, at: usize, text: &str) {
        let form = Form::Before(text.to_owned());
        let edits = vec![Edit { at: at..at, form }];
        self.add(operator, at..at, format!("{text} "), edits);
    }

    fn function(&mut self, signature: &Signature, block: &Block) {
        if signature.constness.is_some() {
            return;
        }
        let outer = std::mem::replace(&mut self.function, signature.ident.to_string());
        let faults = std::mem::take(&mut self.faults);
        if matches!(signature.output, ReturnType::Default) {
            self.unit.insert(range(block).start);
        }
        self.early_returns(signature, block);
        if signature.receiver().is_some() {
            self.inside_section(block);
        }
        self.visit_block(block);
        self.function = outer;
        self.faults = faults;
    }

    /// Whether an expression says that a fault is on: nothing that it guards is ever done.
    fn is_fault(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Macro(call) => call.mac.path.is_ident("seeded"),
            Expr::Path(path) => path
                .path
                .get_ident()
                .is_some_and(|name| self.faults.contains(&name.to_string())),
            Expr::Paren(inner) => self.is_fault(&inner.expr),
            Expr::Binary(both) if matches!(both.op, syn::BinOp::And(_)) => {
                self.is_fault(&both.left) || self.is_fault(&both.right)
            }
            _ => false,
        }
    }
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !source::is_for_tests(&item.attrs) {
            self.function(&item.sig, &item.block);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let name = match &*item.self_ty {
            Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        };
        self.in_writer = name.as_deref() == Some("Writer");
        visit::visit_item_impl(self, item);
        self.in_writer = false;
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        if !source::is_for_tests(&item.attrs) {
            self.function(&item.sig, &item.block);
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, block);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !source::is_for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.statements(block);
        visit::visit_block(self, block);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        if let Some((_, guard)) = &arm.guard {
            self.branch(guard);
            self.visit_expr(guard);
            if self.is_fault(guard) {
                return;
            }
        }
        self.visit_expr(&arm.body);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let (Pat::Ident(name), Some(init)) = (&local.pat, &local.init)
            && self.is_fault(&init.expr)
        {
            self.faults.insert(name.ident.to_string());
            return;
        }
        visit::visit_local(self, local);
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        let is_settled = self.settled.contains(&key(expression)) || self.is_fault(expression);
        if is_settled || memory::is_told_only(expression) {
            return;
        }
        match expression {
            Expr::If(branch) => return self.if_else(branch),
            Expr::While(looping) => self.while_loop(looping),
            Expr::ForLoop(looping) => self.for_loop(looping),
            Expr::Loop(looping) => self.once(&looping.body),
            Expr::Continue(next) => self.expression(Operator::Retry, next, "break".to_owned()),
            Expr::Binary(both) => self.binary(both),
            Expr::Lit(literal) => self.literal(literal),
            Expr::Path(path) => self.path(path),
            Expr::Range(bounds) => self.bounds(bounds),
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Repeat(repeat) => return self.visit_expr(&repeat.expr),
            _ => {}
        }
        visit::visit_expr(self, expression);
    }

    fn visit_item_const(&mut self, _: &'ast ItemConst) {}

    fn visit_item_static(&mut self, _: &'ast ItemStatic) {}

    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}

    fn visit_item_enum(&mut self, _: &'ast syn::ItemEnum) {}

    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}

    fn visit_pat(&mut self, _: &'ast Pat) {}

    fn visit_type(&mut self, _: &'ast Type) {}

    fn visit_generic_argument(&mut self, _: &'ast syn::GenericArgument) {}

    fn visit_macro(&mut self, _: &'ast Macro) {}

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}
