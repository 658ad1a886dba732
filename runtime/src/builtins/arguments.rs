//! Keyword arguments of native functions.

use crate::eval::call::keyword_text;
use crate::eval::context::Context;
use crate::eval::{Args, Outcome};
use crate::objects::value::Value;

/// The keyword argument of a name, borrowed.
pub(super) fn keyword(args: Args<'_>, name: &str) -> Option<Value> {
    let position = args
        .names
        .iter()
        .position(|known| keyword_text(known) == name)?;
    args.keywords.get(position).copied()
}

/// The argument at a position or of a name, borrowed.
pub(super) fn either(args: Args<'_>, position: usize, name: &str) -> Option<Value> {
    args.get(position).or_else(|| keyword(args, name))
}

/// Refuses keyword arguments that a function does not have.
pub(super) fn allow(
    cx: &mut Context<'_>,
    function: &str,
    args: Args<'_>,
    names: &[&str],
) -> Outcome<()> {
    for name in args.names {
        let text = keyword_text(name);
        if !names.contains(&text) {
            let message = format!("{function}() got an unexpected keyword argument '{text}'");
            return Err(cx.type_error(message));
        }
    }
    Ok(())
}

/// Checks the number of positional arguments of a class.
pub(super) fn count(
    cx: &mut Context<'_>,
    class: &str,
    args: Args<'_>,
    least: usize,
    most: usize,
) -> Outcome<()> {
    let given = args.positional.len();
    if (least..=most).contains(&given) {
        return Ok(());
    }
    let (bound, number) = match (given < least, least == most) {
        (_, true) => ("", least),
        (true, false) => ("at least ", least),
        (false, false) => ("at most ", most),
    };
    let plural = if number == 1 { "" } else { "s" };
    Err(cx.type_error(format!(
        "{class} expected {bound}{number} argument{plural}, got {given}"
    )))
}
