//! Calls: read-modify-writes that are split, compare-exchanges that do not compare, arguments that change places.

use syn::punctuated::Punctuated;
use syn::{Expr, ExprCall, ExprMethodCall, Token};

use super::constants::name;
use super::{Collector, key, range};
use crate::mutant::{Edit, Form, Operator};

type Arguments = Punctuated<Expr, Token![,]>;

/// The read-modify-writes, and how many arguments each takes.
const UPDATES: [(&str, usize); 7] = [
    ("fetch_add", 2),
    ("fetch_sub", 2),
    ("fetch_or", 2),
    ("fetch_and", 2),
    ("swap", 2),
    ("compare_exchange", 4),
    ("compare_exchange_weak", 4),
];

/// What says something to the reader of a trace and does nothing.
pub(super) fn is_for_traces(call: &Expr) -> bool {
    let Expr::Call(call) = call else {
        return false;
    };
    let Expr::Path(path) = &*call.func else {
        return false;
    };
    let first = path.path.segments.first();
    first.is_some_and(|first| first.ident == "event" || first.ident == "hint")
}

/// What tells other worlds of an access or a step: here neither it nor what it is given does anything.
pub(super) fn is_told_only(expression: &Expr) -> bool {
    const WITH_A_BODY: [&str; 4] = ["operation", "call", "unobserved", "alone"];
    let Expr::Call(call) = expression else {
        return false;
    };
    let Expr::Path(path) = &*call.func else {
        return false;
    };
    let mut segments = path.path.segments.iter();
    let is_event = segments.next().is_some_and(|first| first.ident == "event");
    let last = segments.next_back();
    is_event && last.is_some_and(|last| WITH_A_BODY.iter().all(|name| last.ident != name))
}

/// Whether two neighbours may be of one type, as far as their form tells.
fn are_alike(left: &Expr, right: &Expr) -> bool {
    let is_plain = |argument: &Expr| {
        matches!(
            argument,
            Expr::Path(_) | Expr::Field(_) | Expr::MethodCall(_) | Expr::Lit(_) | Expr::Binary(_)
        )
    };
    let is_text =
        |argument: &Expr| matches!(argument, Expr::Lit(one) if matches!(one.lit, syn::Lit::Str(_)));
    match (left, right) {
        _ if is_text(left) || is_text(right) => false,
        (Expr::Reference(left), Expr::Reference(right)) => are_alike(&left.expr, &right.expr),
        (Expr::Lit(left), Expr::Lit(right)) => {
            std::mem::discriminant(&left.lit) == std::mem::discriminant(&right.lit)
        }
        _ => is_plain(left) && is_plain(right),
    }
}

impl Collector<'_> {
    pub(super) fn call(&mut self, call: &ExprCall) {
        // The names that places have in traces.
        for argument in &call.args {
            if matches!(argument, Expr::Lit(literal) if matches!(literal.lit, syn::Lit::Str(_))) {
                self.settled.insert(key(argument));
            }
        }
        match name(call).as_str() {
            "site" => self.site(call),
            // A relaxed fence is none: the same as leaving it out.
            "fence" => self.settled.extend(call.args.iter().map(key)),
            _ => self.arguments(&call.args),
        }
    }

    pub(super) fn method_call(&mut self, call: &ExprMethodCall) {
        let method = call.method.to_string();
        if !UPDATES.contains(&(method.as_str(), call.args.len())) {
            self.section(call);
            return self.arguments(&call.args);
        }
        let receiver = self.text(&call.receiver);
        let arguments: Vec<&str> = call.args.iter().map(|each| self.text(each)).collect();
        let arguments = arguments.join(", ");
        let trait_name = if method.starts_with("fetch") {
            "SplitInteger"
        } else {
            "Split"
        };
        let split =
            format!("crate::mutate::{trait_name}::{method}_in_two(&({receiver}), {arguments})");
        self.expression(Operator::Split, call, split);
        if method.starts_with("compare_exchange") {
            let blind = format!("crate::mutate::Split::blind(&({receiver}), {arguments})");
            self.expression(Operator::Retry, call, blind);
            self.settled.extend(call.args.last().map(key));
        }
    }

    /// Two arguments change places; the compiler says whether they can.
    fn arguments(&mut self, arguments: &Arguments) {
        let all: Vec<&Expr> = arguments.iter().collect();
        for pair in all.windows(2) {
            let (left, right) = (self.text(pair[0]), self.text(pair[1]));
            if left == right || !are_alike(pair[0], pair[1]) {
                continue;
            }
            let edit = |argument: &Expr, text: &str| Edit {
                at: range(argument),
                form: Form::Expression(text.to_owned()),
            };
            let edits = vec![edit(pair[0], right), edit(pair[1], left)];
            let whole = range(pair[0]).start..range(pair[1]).end;
            self.add(Operator::Argument, whole, format!("{right}, {left}"), edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::is_told_only;

    #[test]
    fn what_is_told_of_an_access_is_no_step_but_what_an_operation_does_is() {
        for told in [
            parse_quote!(event::writes(array, Some(BYTES))),
            parse_quote!(event::writes_if(object, Some(DICT), || slot
                .peek()
                .is_none())),
            parse_quote!(event::acquired(lock, "gate")),
        ] {
            assert!(is_told_only(&told));
        }
        for step in [
            parse_quote!(event::operation("stop cell", || self
                .word
                .store(1, Relaxed))),
            parse_quote!(event::call("list.pop", at, || pop(ts, self, at))),
            parse_quote!(hint::spin(turns)),
        ] {
            assert!(!is_told_only(&step));
        }
    }
}
