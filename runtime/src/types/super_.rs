//! `super`.

use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::steps::super_arguments;
use crate::eval::{Args, Outcome, Raised};
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, store};

/// What an object has from the classes behind one of its own.
pub(crate) struct Super {
    /// The class behind which the search begins.
    class: Owned,
    bound: Option<Bound>,
}

/// The object, and the class whose order is searched.
struct Bound {
    object: Owned,
    class: Owned,
}

payload!(Super as Super, "super", |this, visit| {
    visit(this.class.borrow());
    if let Some(bound) = &this.bound {
        visit(bound.object.borrow());
        visit(bound.class.borrow());
    }
});

class! {
    pub(crate) SUPER: Boxed<Super> = "super" (Object) {
        doc "super() -> super(__class__, first argument)\nsuper(type) -> not bound\nsuper(type, object) -> bound to an instance of the type\nsuper(type, type2) -> bound to a subclass of the type\n\nAttributes as the classes after this one in the method resolution order have them.";
        slots { new: new, init: init, repr: repr, get_attr: get_attr, descr_get: bind }
        /// The class after which the look-up begins.
        read __thisclass__ as this_class;
        /// The object, or None.
        read __self__ as receiver;
        /// The object's class, or None.
        read __self_class__ as receiver_class;
    }
}

fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    if !args.names.is_empty() {
        return Err(cx.type_error("super() takes no keyword arguments"));
    }
    let (this, object) = match args.positional {
        [] => {
            let (object, this) = super_arguments(cx)?;
            (this, Some(object))
        }
        [this] => (this.own(), None),
        [this, object] => (this.own(), object.not_none().map(Ref::own)),
        all => {
            let given = all.len();
            let message = format!("super() expected at most 2 arguments, got {given}");
            return Err(cx.type_error(message));
        }
    };
    let Some(this_class) = Class::of(this.borrow()) else {
        let kind = cx.type_name(this.borrow());
        return Err(cx.type_error(format!("super() argument 1 must be a type, not {kind}")));
    };
    let bound = match object {
        Some(object) => {
            let class = searched(cx, this_class, object.borrow())?;
            Some(Bound { object, class })
        }
        None => None,
    };
    Ok(payload::new_in(cx, class, Super { class: this, bound }))
}

fn init(_cx: &Cx, _this: Ref<'_>, _args: Args<'_>) -> Outcome<()> {
    Ok(())
}

/// The class whose order is searched: the object itself, its class, or what it says its class is.
fn searched(cx: &Cx, this: &Class, object: Ref<'_>) -> Outcome {
    if Class::of(object).is_some_and(|class| class.derives_from(this)) {
        return Ok(object.own());
    }
    if cx.class_of(object).derives_from(this) {
        return Ok(cx.class_of(object).as_ref().own());
    }
    let said = attribute::find(cx, object, cx.world().names.class())?;
    let fits = |said: &Owned| Class::of(said.borrow()).is_some_and(|said| said.derives_from(this));
    said.filter(fits).ok_or_else(|| unrelated(cx, this, object))
}

#[cold]
fn unrelated(cx: &Cx, this: &Class, object: Ref<'_>) -> Raised {
    let given = match Class::of(object) {
        Some(class) => format!("type {}", class.name(cx)),
        None => format!("instance of {}", cx.type_name(object)),
    };
    let name = this.name(cx);
    cx.type_error(format!(
        "super(type, obj): obj ({given}) is not an instance or subtype of type ({name})."
    ))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let this = this.payload::<Super>().expect("a super");
    let name = |class: &Owned| Class::of(class.borrow()).map_or(String::new(), |one| one.name(cx));
    let class = name(&this.class);
    Ok(cx.str(&match &this.bound {
        Some(bound) => {
            let kind = name(&bound.class);
            format!("<super: <class '{class}'>, <{kind} object>>")
        }
        None => format!("<super: <class '{class}'>, NULL>"),
    }))
}

/// `__class__` is that of the `super` itself; all else comes from the classes behind.
fn get_attr(cx: &Cx, this: Ref<'_>, name: Ref<'_>) -> Outcome {
    let inside = this.payload::<Super>().expect("a super");
    if let Some(bound) = &inside.bound
        && name != cx.world().names.class()
        && cx.text_of(name) != "__class__"
        && let Some(found) = behind(cx, inside, bound, name)?
    {
        let object = bound.object.borrow();
        let object = (object != bound.class.borrow()).then_some(object);
        return match cx.class_of(found.borrow()).slot(|slots| slots.descr_get) {
            Some(get) => get(cx, found.borrow(), object, bound.class.borrow()),
            None => Ok(found),
        };
    }
    attribute::generic_get(cx, this, name)
}

/// What a class behind has under a name.
fn behind(cx: &Cx, inside: &Super, bound: &Bound, name: Ref<'_>) -> Outcome<Option<Owned>> {
    let class = Class::of(bound.class.borrow()).expect("a class");
    let mut order = class.order().map(Class::as_ref);
    order.find(|class| *class == inside.class.borrow());
    for class in order.filter_map(Class::of) {
        if let Some(found) = store::dict_get(cx, class.namespace(), name)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Binds an unbound one to an object.
fn bind(cx: &Cx, this: Ref<'_>, object: Option<Ref<'_>>, _class: Ref<'_>) -> Outcome {
    let inside = this.payload::<Super>().expect("a super");
    let Some(object) = object.filter(|_| inside.bound.is_none()) else {
        return Ok(this.own());
    };
    let own = cx.class_of(this);
    if !own.is(TypeId::Super) {
        let args = [inside.class.borrow(), object];
        return cx.call(own.as_ref(), Args::positional(&args));
    }
    let this_class = Class::of(inside.class.borrow()).expect("a class");
    let class = searched(cx, this_class, object)?;
    let bound = Bound {
        object: object.own(),
        class,
    };
    let made = Super {
        class: inside.class.clone(),
        bound: Some(bound),
    };
    Ok(payload::new(cx, made))
}

fn this_class(_cx: &Cx, this: &Super) -> Owned {
    this.class.clone()
}

fn receiver(_cx: &Cx, this: &Super) -> Option<Owned> {
    this.bound.as_ref().map(|bound| bound.object.clone())
}

fn receiver_class(_cx: &Cx, this: &Super) -> Option<Owned> {
    this.bound.as_ref().map(|bound| bound.class.clone())
}
