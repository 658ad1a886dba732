//! "Did you mean": the name closest to one that was not found.

use super::traceback::{self, Traceback};
use super::{is_exception_class, more};
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate, subscript};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;

/// Nobody is asked to choose among more names.
const MOST_NAMES: usize = 750;
/// Nor for names that are longer.
const LONGEST: usize = 40;
/// What it costs to insert, to delete, or to replace a character.
const MOVE: usize = 2;
/// What it costs to write one in the other case.
const CASE: usize = 1;

/// What is added to the message of an exception.
pub(super) fn hint(cx: &Cx, value: Ref<'_>) -> String {
    debug_assert!(is_exception_class(cx, cx.class_of(value)));
    let is = |class| cx.is_instance(value, class);
    let wrong = if is(TypeId::ImportError) {
        more(cx, value, "name_from")
    } else if is(TypeId::NameError) || is(TypeId::AttributeError) {
        more(cx, value, "name")
    } else {
        None
    };
    let Some(wrong) = wrong else {
        return String::new();
    };
    let Some(wrong) = wrong.borrow().downcast::<Str>().map(Str::as_str) else {
        return String::new();
    };
    let found = candidate(cx, value, wrong);
    let forgotten = is(TypeId::NameError) && is_module(cx, wrong);
    match (found, forgotten) {
        (Some(name), true) => {
            format!(". Did you mean: '{name}'? Or did you forget to import '{wrong}'?")
        }
        (Some(name), false) => format!(". Did you mean: '{name}'?"),
        (None, true) => format!(". Did you forget to import '{wrong}'?"),
        (None, false) => String::new(),
    }
}

/// Whether a name is that of a module that comes with the interpreter.
fn is_module(cx: &Cx, name: &str) -> bool {
    (cx.shared.above.is_built_in)(name)
}

fn candidate(cx: &Cx, value: Ref<'_>, wrong: &str) -> Option<String> {
    let innermost = traceback::places(cx, value).pop();
    let names = if cx.is_instance(value, TypeId::NameError) {
        let frame = innermost.as_ref()?;
        if has_as_attribute(cx, frame.borrow(), wrong) {
            return Some(format!("self.{wrong}"));
        }
        names_of_frame(cx, frame.borrow())?
    } else {
        let object = match more(cx, value, "obj") {
            Some(object) => object,
            None => module(cx, more(cx, value, "name")?.borrow())?,
        };
        let names = texts(cx, dir(cx, object.borrow())?.borrow())?;
        let inside = innermost.is_some_and(|place| is_self(cx, place.borrow(), object.borrow()));
        let hide = !wrong.starts_with('_') && !inside;
        let shown = names.into_iter();
        shown
            .filter(|name| !hide || !name.starts_with('_'))
            .collect()
    };
    closest(&names, wrong)
}

fn module(cx: &Cx, name: Ref<'_>) -> Option<Owned> {
    attribute::in_dict(cx, cx.world().modules(), name).ok()?
}

fn dir(cx: &Cx, object: Ref<'_>) -> Option<Owned> {
    let method = attribute::special(cx, object, cx.world().names.dir()).ok()??;
    let names = cx.call(method.borrow(), crate::eval::Args::NONE).ok()?;
    let mut sorted = texts(cx, names.borrow())?;
    sorted.sort();
    let sorted = sorted.iter().map(|name| cx.str(name));
    Some(cx.list(sorted.collect()))
}

/// The strings of an iterable.
fn texts(cx: &Cx, names: Ref<'_>) -> Option<Vec<String>> {
    let names = iterate::collect(cx, names).ok()?;
    let texts = names
        .iter()
        .filter_map(|name| name.borrow().downcast::<Str>());
    Some(texts.map(|text| text.as_str().to_owned()).collect())
}

fn locals(cx: &Cx, place: Ref<'_>) -> Option<Owned> {
    let frame = place.payload::<Traceback>()?.frame();
    attribute::get_str(cx, frame, "f_locals").ok()
}

fn this(cx: &Cx, place: Ref<'_>) -> Option<Owned> {
    let locals = locals(cx, place)?;
    subscript::find(cx, locals.borrow(), cx.intern("self")).ok()?
}

fn is_self(cx: &Cx, place: Ref<'_>, object: Ref<'_>) -> bool {
    this(cx, place).is_some_and(|this| this.borrow() == object)
}

/// Whether the method's object has an attribute of this name.
fn has_as_attribute(cx: &Cx, place: Ref<'_>, wrong: &str) -> bool {
    let Some(this) = this(cx, place) else {
        return false;
    };
    matches!(
        attribute::find(cx, this.borrow(), cx.intern(wrong)),
        Ok(Some(_))
    )
}

/// Locals, globals and builtins.
fn names_of_frame(cx: &Cx, place: Ref<'_>) -> Option<Vec<String>> {
    let frame = place.payload::<Traceback>()?.frame();
    let mut all = texts(cx, locals(cx, place)?.borrow())?;
    for part in ["f_globals", "f_builtins"] {
        let names = attribute::get_str(cx, frame, part).ok()?;
        all.extend(texts(cx, names.borrow())?);
    }
    Some(all)
}

/// The closest of the names, unless none is close.
fn closest(names: &[String], wrong: &str) -> Option<String> {
    let wrong: Vec<char> = wrong.chars().collect();
    if names.len() >= MOST_NAMES || wrong.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &String)> = None;
    for name in names {
        let letters: Vec<char> = name.chars().collect();
        if letters == wrong {
            continue;
        }
        let limit = (letters.len() + wrong.len() + 3) * MOVE / 6;
        let limit = best.map_or(limit, |(least, _)| limit.min(least - 1));
        let distance = distance(&wrong, &letters);
        if distance <= limit {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name.clone())
}

fn replacing(from: char, to: char) -> usize {
    if from == to {
        0
    } else if from.to_lowercase().eq(to.to_lowercase()) {
        CASE
    } else {
        MOVE
    }
}

/// What it costs to turn one word into another.
fn distance(from: &[char], to: &[char]) -> usize {
    if to.len() > LONGEST {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=to.len()).map(|count| count * MOVE).collect();
    for (done, &letter) in from.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (done + 1) * MOVE;
        for (place, &other) in to.iter().enumerate() {
            let replaced = diagonal + replacing(letter, other);
            diagonal = row[place + 1];
            row[place + 1] = replaced.min(row[place] + MOVE).min(diagonal + MOVE);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggest(names: &[&str], wrong: &str) -> Option<String> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        closest(&names, wrong)
    }

    #[test]
    fn the_closest_name_is_found_and_none_that_is_far() {
        let names = ["describe", "colour", "length"];
        assert_eq!(suggest(&names, "descrbe").as_deref(), Some("describe"));
        assert_eq!(suggest(&names, "lenght").as_deref(), Some("length"));
        assert_eq!(suggest(&names, "zzz"), None);
        assert_eq!(suggest(&["ABC", "abd"], "abc").as_deref(), Some("abd"));
    }
}
