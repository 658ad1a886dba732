//! `property`.

use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::header::Header;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::field::Field;
use crate::types::payload::{self, Boxed, payload};
use crate::types::static_method::is_abstract;

/// An attribute that functions compute.
pub(crate) struct Property {
    getter: Field,
    setter: Field,
    deleter: Field,
    doc: Field,
    /// `True` if the doc is the getter's, and goes with it.
    doc_of_getter: Field,
    name: Field,
}

payload!(Property as Property, "property", |this, visit| {
    for field in this.fields() {
        field.show(visit);
    }
});

class! {
    pub(crate) PROPERTY: Boxed<Property> = "property" (Object) {
        doc "An attribute that functions read, set and delete.\n\nfget gets the object, fset the object and the value, fdel the object; doc is its docstring, fget's by default.\nAs a decorator it makes a method such an attribute; its setter and deleter add the other two.";
        slots { new: new, init: init, descr_get: get, descr_set: set }
        read fget as getter_of;
        read fset as setter_of;
        read fdel as deleter_of;
        get __doc__ as doc, set_doc;
        get __name__ as name, set_name;
        get __isabstractmethod__ as is_any_abstract;
        /// A copy that reads by this function.
        method getter as with_getter(self, fget, /);
        /// A copy that sets by this function.
        method setter as with_setter(self, fset, /);
        /// A copy that deletes by this function.
        method deleter as with_deleter(self, fdel, /);
        /// Called with the name that it got in its class.
        method __set_name__ as note_name(self, owner, name, /);
    }
}

impl Property {
    fn new() -> Self {
        Self {
            getter: Field::new("fget"),
            setter: Field::new("fset"),
            deleter: Field::new("fdel"),
            doc: Field::new("doc"),
            doc_of_getter: Field::new("doc of getter"),
            name: Field::new("name"),
        }
    }

    fn fields(&self) -> [&Field; 6] {
        [
            &self.getter,
            &self.setter,
            &self.deleter,
            &self.doc,
            &self.doc_of_getter,
            &self.name,
        ]
    }
}

/// The property and its header.
fn of(this: Ref<'_>) -> (&Property, &Header) {
    let property = this.payload::<Property>().expect("a property");
    (property, this.header().expect("properties are objects"))
}

fn new(cx: &Cx, class: &Class, _args: Args<'_>) -> Outcome {
    Ok(payload::new_in(cx, class, Property::new()))
}

const PARAMETERS: [&str; 4] = ["fget", "fset", "fdel", "doc"];

/// Getter, setter, deleter and doc; `None` is nothing.
fn arguments<'a>(cx: &Cx, args: Args<'a>) -> Outcome<[Option<Ref<'a>>; 4]> {
    let given = args.positional.len() + args.names.len();
    if given > PARAMETERS.len() {
        let message = format!("property() takes at most 4 arguments ({given} given)");
        return Err(cx.type_error(message));
    }
    let mut all = [0, 1, 2, 3].map(|index| args.get(index));
    for (name, value) in args.names.iter().zip(args.keywords) {
        let text = cx.text_of(*name);
        let Some(place) = PARAMETERS.iter().position(|one| *one == text) else {
            let message = format!("property() got an unexpected keyword argument '{text}'");
            return Err(cx.type_error(message));
        };
        if all[place].replace(*value).is_some() {
            let position = place + 1;
            return Err(cx.type_error(format!(
                "argument for property() given by name ('{text}') and position ({position})"
            )));
        }
    }
    Ok(all.map(|one| one.and_then(Ref::not_none)))
}

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    let [getter, setter, deleter, doc] = arguments(cx, args)?;
    let (property, header) = of(this);
    property.getter.set(cx, header, getter.map(Ref::own));
    property.setter.set(cx, header, setter.map(Ref::own));
    property.deleter.set(cx, header, deleter.map(Ref::own));
    property.name.set(cx, header, None);
    let (doc, of_getter) = match (doc, getter) {
        (Some(doc), _) => (Some(doc.own()), false),
        (None, Some(getter)) => {
            let doc = attribute::find(cx, getter, cx.world().names.doc())?;
            let doc = doc.filter(|doc| !doc.borrow().is_none());
            let found = doc.is_some();
            (doc, found)
        }
        (None, None) => (None, false),
    };
    let flag = of_getter.then(|| Owned::bool(true));
    property.doc_of_getter.set(cx, header, flag);
    if cx.class_of(this).is(TypeId::Property) {
        property.doc.set(cx, header, doc);
        return Ok(());
    }
    document_subclass(cx, this, doc, of_getter)
}

/// A subclass has a doc of its own under the name, so that an instance keeps its in its dict.
fn document_subclass(cx: &Cx, this: Ref<'_>, doc: Option<Owned>, of_getter: bool) -> Outcome<()> {
    let doc = doc.unwrap_or(Owned::NONE);
    match attribute::set(cx, this, cx.world().names.doc(), Some(doc.borrow())) {
        Err(raised)
            if (of_getter || doc.borrow().is_none()) && raised.is(cx, TypeId::AttributeError) =>
        {
            Ok(())
        }
        result => result,
    }
}

fn get(cx: &Cx, this: Ref<'_>, object: Option<Ref<'_>>, _class: Ref<'_>) -> Outcome {
    let Some(object) = object else {
        return Ok(this.own());
    };
    let (property, header) = of(this);
    match property.getter.get(cx, header) {
        Some(getter) => cx.call(getter.borrow(), Args::positional(&[object])),
        None => Err(refused(cx, this, object, "getter")),
    }
}

fn set(cx: &Cx, this: Ref<'_>, object: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let (property, header) = of(this);
    let function = match value {
        Some(_) => property.setter.get(cx, header),
        None => property.deleter.get(cx, header),
    };
    let result = match (function, value) {
        (Some(setter), Some(value)) => cx.call(setter.borrow(), Args::positional(&[object, value])),
        (Some(deleter), None) => cx.call(deleter.borrow(), Args::positional(&[object])),
        (None, Some(_)) => Err(refused(cx, this, object, "setter")),
        (None, None) => Err(refused(cx, this, object, "deleter")),
    };
    result.map(drop)
}

#[cold]
fn refused(cx: &Cx, this: Ref<'_>, object: Ref<'_>, what: &str) -> Raised {
    let name = match known_name(cx, this) {
        Ok(Some(name)) => match crate::eval::ops::text::repr_text(cx, name.borrow()) {
            Ok(name) => format!(" {name}"),
            Err(raised) => return raised,
        },
        Ok(None) => String::new(),
        Err(raised) => return raised,
    };
    let class = cx.class_of(object);
    let kind = crate::types::type_::qualified_name(cx, class);
    let message = format!("property{name} of '{kind}' object has no {what}");
    cx.error(TypeId::AttributeError, message)
}

/// The name that it was given, or else the getter's.
fn known_name(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let (property, header) = of(this);
    if let Some(name) = property.name.get(cx, header) {
        return Ok(Some(name));
    }
    match property.getter.get(cx, header) {
        Some(getter) => attribute::find(cx, getter.borrow(), cx.world().names.name()),
        None => Ok(None),
    }
}

fn name(cx: &Cx, this: Ref<'_>) -> Outcome {
    match known_name(cx, this)? {
        Some(name) => Ok(name),
        None => Err(attribute::missing(cx, this, cx.world().names.name())),
    }
}

fn set_name(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let (property, header) = of(this);
    property.name.set(cx, header, value.map(Ref::own));
    Ok(())
}

fn note_name(cx: &Cx, this: Ref<'_>, _owner: Ref<'_>, name: Ref<'_>) {
    let (property, header) = of(this);
    property.name.set(cx, header, Some(name.own()));
}

fn doc(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    let (property, header) = of(this);
    property.doc.get(cx, header)
}

fn set_doc(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let (property, header) = of(this);
    property.doc.set(cx, header, value.map(Ref::own));
    Ok(())
}

fn getter_of(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    let (property, header) = of(this);
    property.getter.get(cx, header)
}

fn setter_of(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    let (property, header) = of(this);
    property.setter.get(cx, header)
}

fn deleter_of(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    let (property, header) = of(this);
    property.deleter.get(cx, header)
}

fn is_any_abstract(cx: &Cx, this: Ref<'_>) -> Outcome<bool> {
    for function in [getter_of, setter_of, deleter_of] {
        if let Some(function) = function(cx, this)
            && is_abstract(cx, function.borrow())?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A copy with one function changed; `None` keeps the old one.
fn copy(cx: &Cx, this: Ref<'_>, place: usize, function: Ref<'_>) -> Outcome {
    let (property, header) = of(this);
    let mut parts = [getter_of, setter_of, deleter_of, doc].map(|part| part(cx, this));
    if !function.is_none() {
        parts[place] = Some(function.own());
    }
    if property.doc_of_getter.get(cx, header).is_some() && parts[0].is_some() {
        parts[3] = None;
    }
    let args = [0, 1, 2, 3].map(|index| match &parts[index] {
        Some(part) => part.borrow(),
        None => Ref::NONE,
    });
    let made = cx.call(cx.class_of(this).as_ref(), Args::positional(&args))?;
    if let Some(fresh) = made.borrow().payload::<Property>()
        && let Some(its) = made.borrow().header()
    {
        fresh.name.set(cx, its, property.name.get(cx, header));
    }
    Ok(made)
}

fn with_getter(cx: &Cx, this: Ref<'_>, getter: Ref<'_>) -> Outcome {
    copy(cx, this, 0, getter)
}

fn with_setter(cx: &Cx, this: Ref<'_>, setter: Ref<'_>) -> Outcome {
    copy(cx, this, 1, setter)
}

fn with_deleter(cx: &Cx, this: Ref<'_>, deleter: Ref<'_>) -> Outcome {
    copy(cx, this, 2, deleter)
}
