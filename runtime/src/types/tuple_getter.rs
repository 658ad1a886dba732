//! `_collections._tuplegetter`: the descriptors of named tuples.

use crate::eval::cx::Cx;
use crate::eval::ops::text;
use crate::eval::{Args, Outcome};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::field::Field;
use crate::types::itertools::construct;
use crate::types::payload::{self, Boxed, payload};

/// Gives the item at an index of a tuple.
pub(crate) struct TupleGetter {
    index: i64,
    doc: Field,
}

payload!(TupleGetter as TupleGetter, "_tuplegetter", |this, visit| {
    this.doc.show(visit)
});

class! {
    pub(crate) TUPLE_GETTER: Boxed<TupleGetter> = "_tuplegetter" (Object) {
        module "collections";
        sealed;
        slots { new: new, repr: repr, descr_get: get, descr_set: set }
        get __doc__ as doc, set_doc;
        /// What pickle needs to make it again.
        method __reduce__ as reduce(self, /);
    }
}

const MAKE: Function = function!(true, "_tuplegetter", "", make, (self, index, doc, /));

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    construct(cx, &MAKE, class, args)
}

fn make(cx: &Cx, class: &Class, index: i64, doc: Ref<'_>) -> Outcome {
    let field = Field::new("doc");
    let made = payload::new_in(cx, class, TupleGetter { index, doc: field });
    set_doc(cx, made.borrow(), Some(doc))?;
    Ok(made)
}

fn parts(this: Ref<'_>) -> &TupleGetter {
    this.payload().expect("a _tuplegetter")
}

fn doc(cx: &Cx, this: Ref<'_>) -> Owned {
    let found = this
        .header()
        .and_then(|header| parts(this).doc.get(cx, header));
    found.unwrap_or(Owned::NONE)
}

fn set_doc(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    if let Some(header) = this.header() {
        parts(this).doc.set(cx, header, value.map(Ref::own));
    }
    Ok(())
}

fn get(cx: &Cx, this: Ref<'_>, object: Option<Ref<'_>>, _class: Ref<'_>) -> Outcome {
    let index = parts(this).index;
    let Some(object) = object.filter(|object| !object.is_none()) else {
        return Ok(this.own());
    };
    let Some(tuple) = object.downcast::<Tuple>() else {
        let kind = cx.type_name(object);
        return Err(cx.type_error(format!(
            "descriptor for index '{index}' for tuple subclasses doesn't apply to '{kind}' object"
        )));
    };
    let found = usize::try_from(index)
        .ok()
        .and_then(|index| items(tuple).get(index));
    match found {
        Some(item) => Ok(item.own()),
        None => Err(cx.index_error("tuple index out of range")),
    }
}

fn set(cx: &Cx, _this: Ref<'_>, _object: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let what = if value.is_some() { "set" } else { "delete" };
    Err(cx.error(TypeId::AttributeError, format!("can't {what} attribute")))
}

fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    let class = cx.class_of(this).as_ref().own();
    let args = cx.tuple(vec![cx.int(parts(this).index), doc(cx, this)]);
    Ok(cx.tuple(vec![class, args]))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let name = cx.class_of(this).name(cx);
    let doc = text::repr_text(cx, doc(cx, this).borrow())?;
    Ok(cx.str(&format!("{name}({}, {doc})", parts(this).index)))
}
