//! Loops that do not go round again, or pass over their first item.

use syn::{Block, ExprForLoop};

use super::{Collector, range};
use crate::mutant::{Edit, Form, Operator};

impl Collector<'_> {
    pub(super) fn for_loop(&mut self, looping: &ExprForLoop) {
        self.once(&looping.body);
        let at = range(&looping.expr);
        let text = format!("({}).into_iter().skip(1)", self.text(&looping.expr));
        let form = Form::SkipFirst;
        self.add(Operator::Retry, at.clone(), text, vec![Edit { at, form }]);
    }

    /// The loop ends after its first round.
    pub(super) fn once(&mut self, body: &Block) {
        self.unit.insert(range(body).start);
        let end = range(body).end - 1;
        let form = Form::AtEnd("break;".to_owned());
        let edits = vec![Edit { at: end..end, form }];
        self.add(Operator::Retry, end..end, "break; ".to_owned(), edits);
    }
}
