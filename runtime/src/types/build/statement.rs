//! The `class` statement: `__build_class__`.

use super::bases::metaclass_of;
use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Args, Outcome};
use crate::objects::cell::Cell;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items, lend};
use crate::types::class::Class;
use crate::types::{TypeId, store};

/// `__build_class__(function, name, *bases, metaclass=.., **keywords)`
pub(crate) fn build_class(cx: &Cx, args: Args<'_>) -> Outcome {
    let [function, name, given @ ..] = args.positional else {
        return Err(cx.type_error("__build_class__: not enough arguments"));
    };
    let resolved = resolve_bases(cx, given)?;
    let bases = lend(&resolved);
    let meta_name = cx.world().names.metaclass();
    let place = args
        .names
        .iter()
        .position(|name| cx.text_of(*name) == cx.text_of(meta_name));
    let without = |row: &[Ref<'_>]| -> Vec<Owned> {
        let kept = row
            .iter()
            .enumerate()
            .filter(|(index, _)| Some(*index) != place);
        kept.map(|(_, value)| value.own()).collect()
    };
    let (names, keywords) = (without(args.names), without(args.keywords));
    let asked = match (place, bases.first()) {
        (Some(place), _) => args.keywords[place],
        (None, Some(base)) => cx.class_of(*base).as_ref(),
        (None, None) => cx.class(TypeId::Type).as_ref(),
    };
    let meta = match Class::of(asked) {
        Some(asked) => metaclass_of(cx, asked, bases)?.as_ref(),
        None => asked,
    };
    let bases_tuple = cx.tuple(resolved.clone());
    let keywords = (lend(&names), lend(&keywords));
    let namespace = prepare(cx, meta, *name, bases_tuple.borrow(), keywords)?;
    let cell = cx.run_class_body(*function, namespace.borrow())?;
    if bases.len() != given.len() || bases.iter().zip(given).any(|(a, b)| a != b) {
        let original = cx.tuple(given.iter().map(|base| base.own()).collect());
        let name = cx.world().names.orig_bases();
        crate::eval::ops::subscript::set(cx, namespace.borrow(), name, original.borrow())?;
    }
    let positional = [*name, bases_tuple.borrow(), namespace.borrow()];
    let made = cx.call(
        meta,
        Args {
            positional: &positional,
            names: keywords.0,
            keywords: keywords.1,
        },
    )?;
    check_cell(cx, cell.borrow(), *name, made.borrow())?;
    Ok(made)
}

fn check_cell(cx: &Cx, cell: Ref<'_>, name: Ref<'_>, made: Ref<'_>) -> Outcome<()> {
    let Some(cell) = cell.downcast::<Cell>() else {
        return Ok(());
    };
    let name = cx.text_of(name);
    match store::cell_get(cx, cell) {
        Some(class) if class.borrow() == made => Ok(()),
        Some(class) => {
            let class = crate::eval::ops::text::repr_text(cx, class.borrow())?;
            let made = crate::eval::ops::text::repr_text(cx, made)?;
            Err(cx.type_error(format!(
                "__class__ set to {class} defining '{name}' as {made}"
            )))
        }
        None if Class::of(made).is_none() => Ok(()),
        None => Err(cx.error(
            TypeId::RuntimeError,
            format!(
                "__class__ not set defining '{name}' as {}. Was __classcell__ propagated to type.__new__?",
                crate::eval::ops::text::repr_text(cx, made)?
            ),
        )),
    }
}

/// The bases, with those replaced that have `__mro_entries__`.
fn resolve_bases(cx: &Cx, given: &[Ref<'_>]) -> Outcome<Vec<Owned>> {
    let mut bases = Vec::new();
    for &base in given {
        if Class::of(base).is_some() {
            bases.push(base.own());
            continue;
        }
        let name = cx.world().names.mro_entries();
        let Some(hook) = attribute::find(cx, base, name)? else {
            bases.push(base.own());
            continue;
        };
        let all = cx.tuple(given.iter().map(|base| base.own()).collect());
        let entries = cx.call(hook.borrow(), Args::positional(&[all.borrow()]))?;
        match entries.borrow().downcast::<Tuple>() {
            Some(entries) => bases.extend(items(entries).iter().map(|base| base.own())),
            None => return Err(cx.type_error("__mro_entries__ must return a tuple")),
        }
    }
    Ok(bases)
}

/// `meta.__prepare__(name, bases, **keywords)`
fn prepare(
    cx: &Cx,
    meta: Ref<'_>,
    name: Ref<'_>,
    bases: Ref<'_>,
    keywords: (&[Ref<'_>], &[Ref<'_>]),
) -> Outcome {
    let prepare = cx.world().names.prepare();
    let Some(hook) = attribute::find(cx, meta, prepare)? else {
        return Ok(cx.dict());
    };
    let positional = [name, bases];
    let args = Args {
        positional: &positional,
        names: keywords.0,
        keywords: keywords.1,
    };
    let namespace = cx.call(hook.borrow(), args)?;
    if cx
        .class_of(namespace.borrow())
        .slot(|slots| slots.get_item.is_some())
    {
        return Ok(namespace);
    }
    let kind = cx.type_name(namespace.borrow());
    let meta = Class::of(meta).map_or("<metaclass>".to_owned(), |meta| meta.name(cx));
    Err(cx.type_error(format!(
        "{meta}.__prepare__() must return a mapping, not {kind}"
    )))
}
