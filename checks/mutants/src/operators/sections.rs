//! Critical sections that are left and entered again half-way.

use syn::{Block, Expr, ExprClosure, ExprMethodCall, Stmt};

use super::{Collector, range};
use crate::mutant::Operator;

impl Collector<'_> {
    /// A method of a writer runs while its thread holds the lock of the container: a thread that goes outside for a
    /// moment gives the lock up and takes it again.
    pub(super) fn inside_section(&mut self, block: &Block) {
        if !self.in_writer {
            return;
        }
        for statement in block.stmts.iter().skip(1) {
            let start = range(statement).start;
            self.before(Operator::Section, start, "self.ts.detached(|| ());");
        }
    }

    /// `mutex.with(lot, |data| { a; b })` in two sections, where nothing of the first is used in the second.
    pub(super) fn section(&mut self, call: &ExprMethodCall) {
        let arguments: Vec<&Expr> = call.args.iter().collect();
        let [lot, Expr::Closure(closure)] = arguments[..] else {
            return;
        };
        let Expr::Block(body) = &*closure.body else {
            return;
        };
        if call.method == "with" {
            for at in 1..body.block.stmts.len() {
                let (first, second) = body.block.stmts.split_at(at);
                let text = self.two_sections(call, lot, closure, [first, second]);
                self.expression(Operator::Section, call, text);
            }
        }
    }

    fn two_sections(
        &self,
        call: &ExprMethodCall,
        lot: &Expr,
        closure: &ExprClosure,
        [first, second]: [&[Stmt]; 2],
    ) -> String {
        let mutex = self.text(&call.receiver);
        let (lot, data) = (self.text(lot), self.text(&closure.inputs));
        let body = |statements: &[Stmt]| {
            let texts: Vec<&str> = statements.iter().map(|each| self.text(each)).collect();
            texts.join(" ")
        };
        let (first, second) = (body(first), body(second));
        format!(
            "{{ {mutex}.with({lot}, |{data}| {{ {first} }}); {mutex}.with({lot}, |{data}| {{ {second} }}) }}"
        )
    }
}
