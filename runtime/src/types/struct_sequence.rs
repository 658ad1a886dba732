//! Tuples whose items have names too, like `sys.float_info`: the functions that their tables share.

use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, text};
use crate::eval::{Args, Outcome};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::{Member, TypeDef};
use crate::types::store;

/// Declares such a class: its names, each with the function that gets its item.
macro_rules! struct_sequence {
    ($(#[$meta:meta])* $id:ident = $module:literal $name:literal $doc:literal { $($field:ident $item:ident;)* }) => {
        $crate::types::define::class! {
            $(#[$meta])*
            pub(crate) $id: $crate::objects::tuple::Tuple = $name (Tuple) {
                sealed;
                module $module;
                doc $doc;
                slots { new: $crate::types::struct_sequence::new, repr: $crate::types::struct_sequence::repr }
                constant n_sequence_fields = |cx| cx.int([$(stringify!($field)),*].len() as i64);
                constant n_fields = |cx| cx.int([$(stringify!($field)),*].len() as i64);
                constant n_unnamed_fields = |cx| cx.int(0);
                constant __match_args__ = |cx| {
                    cx.tuple(vec![$(cx.str($crate::types::define::param_name(stringify!($field)))),*])
                };
                $(get $field as $item;)*
            }
        }
    };
}
pub(crate) use struct_sequence;

/// The functions that get one item each.
macro_rules! item_getters {
    ($($name:ident $index:literal;)*) => {
        $(pub(crate) fn $name(_cx: &Cx, this: &Tuple) -> Option<Owned> {
            items(this).get($index).map(|item| item.own())
        })*
    };
}

item_getters! {
    item0 0;
    item1 1;
    item2 2;
    item3 3;
    item4 4;
    item5 5;
    item6 6;
    item7 7;
    item8 8;
    item9 9;
    item10 10;
    item11 11;
    item12 12;
    item13 13;
    item14 14;
    item15 15;
    item16 16;
    item17 17;
}

/// The names of the items, in order.
pub(crate) fn fields(def: &'static TypeDef) -> impl Iterator<Item = &'static str> {
    def.members.iter().filter_map(|member| match member {
        Member::Property { name, .. } => Some(*name),
        _ => None,
    })
}

/// A new one of a built-in class.
pub(crate) fn make(cx: &Cx, id: TypeId, items: Vec<Owned>) -> Owned {
    store::tuple_in(cx, cx.class(id), items)
}

pub(crate) fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let (name, def) = (class.name(cx), class.id.def());
    let count = fields(def).count();
    let [sequence] = *args.positional else {
        let message = format!("{name}() takes exactly 1 argument (sequence)");
        return Err(cx.type_error(message));
    };
    if !iterate::is_iterable(cx, sequence) {
        return Err(cx.type_error("constructor requires a sequence"));
    }
    let items = iterate::collect(cx, sequence)?;
    let given = items.len();
    match given == count {
        true => Ok(store::tuple_in(cx, class, items)),
        false => Err(cx.type_error(format!(
            "{}.{name}() takes a {count}-sequence ({given}-sequence given)",
            def.module
        ))),
    }
}

pub(crate) fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let def = cx.class_of(this).id.def();
    let values = this.downcast::<Tuple>().map_or(&[][..], items);
    let mut out = format!("{}.{}(", def.module, def.name);
    for (index, (field, value)) in fields(def).zip(values).enumerate() {
        let comma = if index > 0 { ", " } else { "" };
        out += &format!("{comma}{field}={}", text::repr_text(cx, *value)?);
    }
    out.push(')');
    Ok(cx.str(&out))
}
