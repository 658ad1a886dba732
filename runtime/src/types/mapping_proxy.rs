//! `mappingproxy`: a view of a mapping that cannot change it.

use crate::compile::{BinaryOperator, Comparison};
use crate::eval::cx::Cx;
use crate::eval::ops::{binary, compare, iterate, subscript, text, truth};
use crate::eval::{Args, Outcome};
use crate::objects::list::List;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::class_getitem::class_getitem;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// A view of a mapping.
pub(crate) struct MappingProxy {
    pub(crate) mapping: Owned,
}

payload!(
    MappingProxy as MappingProxy,
    "mappingproxy",
    |this, visit| visit(this.mapping.borrow())
);

class! {
    pub(crate) MAPPING_PROXY: Boxed<MappingProxy> = "mappingproxy" (Object) {
        sealed;
        doc "A mapping that can only be read.";
        slots {
            new: make, repr: repr, str: str, len: len, contains: contains, get_item: get_item,
            iter: iter, compare: compare_proxies, hash: hash, or: or, in_place_or: in_place_or,
        }
        /// The class with types for its items, as annotations have them.
        class __class_getitem__ as class_getitem(self, object, /);
        /// The value of key, or default where there is none.
        method get(self, key, default = Ref::NONE, /);
        /// A view of the keys.
        method keys(self, /);
        /// The values of the mapping.
        method values(self, /);
        /// A view of the pairs.
        method items(self, /);
        /// A copy of the mapping.
        method copy(self, /);
        /// The keys, the last one first.
        method __reversed__ as reversed(self, /);
    }
}

/// A view of a mapping.
pub(crate) fn new(cx: &Cx, mapping: Owned) -> Owned {
    payload::new(cx, MappingProxy { mapping })
}

fn make(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    let mapping = match (args.positional, args.names) {
        ([mapping], []) => *mapping,
        ([], [name]) if cx.text_of(*name) == "mapping" => args.keywords[0],
        ([], []) => {
            let message = "mappingproxy() missing required argument 'mapping' (pos 1)";
            return Err(cx.type_error(message));
        }
        _ => {
            let given = args.positional.len() + args.names.len();
            let message = format!("mappingproxy() takes at most 1 argument ({given} given)");
            return Err(cx.type_error(message));
        }
    };
    let is_sequence = mapping.downcast::<List>().is_some() || mapping.downcast::<Tuple>().is_some();
    let has_items = cx.class_of(mapping).slot(|slots| slots.get_item.is_some());
    if is_sequence || !has_items {
        let kind = cx.type_name(mapping);
        return Err(cx.type_error(format!(
            "mappingproxy() argument must be a mapping, not {kind}"
        )));
    }
    Ok(new(cx, mapping.own()))
}

/// The mapping behind a proxy; anything else is itself.
fn behind(value: Ref<'_>) -> Ref<'_> {
    match value.payload::<MappingProxy>() {
        Some(proxy) => proxy.mapping.borrow(),
        None => value,
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let inside = text::repr_text(cx, behind(this))?;
    Ok(cx.str(&format!("mappingproxy({inside})")))
}

fn str(cx: &Cx, this: Ref<'_>) -> Outcome {
    text::str(cx, behind(this))
}

fn len(cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    truth::len(cx, behind(this))
}

fn contains(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome<bool> {
    subscript::contains(cx, behind(this), key)
}

fn get_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome {
    subscript::get(cx, behind(this), key)
}

fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    iterate::iter(cx, behind(this))
}

fn compare_proxies(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    cx.nested_in(compare::PLACE, || {
        compare::rich(cx, comparison, behind(left), right)
    })
}

fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    compare::hash(cx, behind(this))
}

fn or(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    binary::apply(cx, BinaryOperator::Or, behind(left), behind(right))
}

fn in_place_or(cx: &Cx, this: Ref<'_>, _other: Ref<'_>) -> Outcome {
    let kind = cx.type_name(this);
    Err(cx.type_error(format!("'|=' is not supported by {kind}; use '|' instead")))
}

fn get(cx: &Cx, this: &MappingProxy, key: Ref<'_>, default: Ref<'_>) -> Outcome {
    cx.call_method(this.mapping.borrow(), "get", &[key, default])
}

macro_rules! handed_on {
    ($($name:ident $method:literal;)*) => {
        $(fn $name(cx: &Cx, this: &MappingProxy) -> Outcome {
            cx.call_method(this.mapping.borrow(), $method, &[])
        })*
    };
}

handed_on! {
    keys "keys";
    values "values";
    items "items";
    copy "copy";
    reversed "__reversed__";
}
