//! `match`: what patterns ask of their subject.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, instance};
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::objects::list::List;
use crate::objects::range::Range;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::TypeId;
use crate::types::class::Class;

/// Whether a subject is a sequence that patterns may take apart.
pub(in crate::eval) fn match_sequence(cx: &Cx, subject: Ref<'_>) -> Owned {
    let known = subject.downcast::<List>().is_some()
        || subject.downcast::<Tuple>().is_some()
        || subject.downcast::<Range>().is_some()
        || cx.is_instance(subject, TypeId::MemoryView);
    Owned::bool(known || registered(cx, subject, "Sequence"))
}

/// Whether a subject is a mapping.
pub(in crate::eval) fn match_mapping(cx: &Cx, subject: Ref<'_>) -> Owned {
    let known =
        subject.downcast::<Dict>().is_some() || cx.is_instance(subject, TypeId::MappingProxy);
    Owned::bool(known || registered(cx, subject, "Mapping"))
}

/// Whether the class, or a base, is one of `collections.abc` or registered there, once that was imported.
fn registered(cx: &Cx, subject: Ref<'_>, name: &str) -> bool {
    if cx.class_of(subject).is_builtin() {
        return false;
    }
    for module in ["collections.abc", "_collections_abc"] {
        let found = attribute::in_dict(cx, cx.world().modules(), cx.intern(module));
        let Ok(Some(module)) = found else {
            continue;
        };
        let class = attribute::find(cx, module.borrow(), cx.intern(name));
        if let Ok(Some(class)) = class {
            return instance::is_instance(cx, subject, class.borrow()).unwrap_or(false);
        }
    }
    false
}

/// The values of all keys as a tuple, or `None` if one is missing.
pub(in crate::eval) fn match_keys(cx: &Cx, subject: Ref<'_>, keys: Ref<'_>) -> Outcome {
    let keys = keys.downcast::<Tuple>().map_or(&[][..], items);
    let get = attribute::get(cx, subject, cx.world().names.get_item())?;
    let sentinel = crate::types::object::instance(cx, cx.class(TypeId::Object));
    let mut seen: Vec<Ref<'_>> = Vec::new();
    let mut values = Vec::new();
    for &key in keys {
        for known in &seen {
            if crate::eval::ops::compare::equal(cx, *known, key)? {
                let key = crate::eval::ops::text::repr_text(cx, key)?;
                let message = format!("mapping pattern checks duplicate key ({key})");
                return Err(cx.value_error(message));
            }
        }
        seen.push(key);
        let args = [key, sentinel.borrow()];
        let value = cx.call(get.borrow(), Args::positional(&args))?;
        if value.borrow() == sentinel.borrow() {
            return Ok(Owned::NONE);
        }
        values.push(value);
    }
    Ok(cx.tuple(values))
}

/// Classes whose instances a single positional pattern matches as a whole.
const WHOLE: [TypeId; 11] = [
    TypeId::Bool,
    TypeId::Bytearray,
    TypeId::Bytes,
    TypeId::Dict,
    TypeId::Float,
    TypeId::FrozenSet,
    TypeId::Int,
    TypeId::List,
    TypeId::Set,
    TypeId::Str,
    TypeId::Tuple,
];

/// `subject, class, names`: the attributes as a tuple, or `None` if the subject is not such an instance.
pub(in crate::eval) fn match_class(cx: &Cx, positional: u32, operands: &[Ref<'_>]) -> Outcome {
    let [subject, class, names] = operands else {
        return Ok(Owned::NONE);
    };
    let Some(known) = Class::of(*class) else {
        return Err(cx.type_error("called match pattern must be a class"));
    };
    if !instance::is_instance(cx, *subject, *class)? {
        return Ok(Owned::NONE);
    }
    let mut values = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    if positional > 0
        && !positional_values(cx, *subject, known, positional, &mut seen, &mut values)?
    {
        return Ok(Owned::NONE);
    }
    let names = names.downcast::<Tuple>().map_or(&[][..], items);
    for &name in names {
        once(cx, known, &mut seen, cx.text_of(name))?;
        match attribute::find(cx, *subject, name)? {
            Some(value) => values.push(value),
            None => return Ok(Owned::NONE),
        }
    }
    Ok(cx.tuple(values))
}

/// The attributes that `__match_args__` names; says whether the subject has them all.
fn positional_values(
    cx: &Cx,
    subject: Ref<'_>,
    class: &Class,
    count: u32,
    seen: &mut Vec<String>,
    values: &mut Vec<Owned>,
) -> Outcome<bool> {
    let count = count as usize;
    let name = cx.world().names.match_args();
    let declared = attribute::find(cx, class.as_ref(), name)?;
    let Some(declared) = declared else {
        let whole = WHOLE.iter().any(|id| class.derives_from(cx.class(*id)));
        let most = usize::from(whole);
        if count > most {
            return Err(too_many(cx, class, most, count));
        }
        values.push(subject.own());
        return Ok(true);
    };
    let Some(names) = declared.borrow().downcast::<Tuple>() else {
        let (class, kind) = (class.name(cx), cx.type_name(declared.borrow()));
        return Err(cx.type_error(format!(
            "{class}.__match_args__ must be a tuple (got {kind})"
        )));
    };
    if count > items(names).len() {
        return Err(too_many(cx, class, items(names).len(), count));
    }
    for &name in &items(names)[..count] {
        if name.downcast::<Str>().is_none() {
            let kind = cx.type_name(name);
            return Err(cx.type_error(format!(
                "__match_args__ elements must be strings (got {kind})"
            )));
        }
        once(cx, class, seen, cx.text_of(name))?;
        match attribute::find(cx, subject, name)? {
            Some(value) => values.push(value),
            None => return Ok(false),
        }
    }
    Ok(true)
}

/// An attribute may be asked for once only.
fn once(cx: &Cx, class: &Class, seen: &mut Vec<String>, name: &str) -> Outcome<()> {
    if seen.iter().any(|known| known == name) {
        let class = class.name(cx);
        return Err(cx.type_error(format!(
            "{class}() got multiple sub-patterns for attribute '{name}'"
        )));
    }
    seen.push(name.to_owned());
    Ok(())
}

#[cold]
fn too_many(cx: &Cx, class: &Class, most: usize, given: usize) -> crate::eval::Raised {
    let plural = if most == 1 { "" } else { "s" };
    let name = class.name(cx);
    cx.type_error(format!(
        "{name}() accepts {most} positional sub-pattern{plural} ({given} given)"
    ))
}
