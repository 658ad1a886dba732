//! Descriptors of what lies behind the layout of the user's instances: slots, the dict, the weak references.

use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::eval::{Outcome, Raised};
use crate::objects::dict::Dict;
use crate::objects::extras;
use crate::refs::{Owned, Ref};
use crate::sync::event;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

/// Which extra it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extra {
    Slot(u16),
    Dict,
    Weak,
}

/// A descriptor of an extra.
pub(crate) struct Member {
    owner: Owned,
    name: Box<str>,
    extra: Extra,
}

payload!(Member as Member, "member descriptor", |this, visit| visit(
    this.owner.borrow()
));

class! {
    pub(crate) MEMBER: Boxed<Member> = "member_descriptor" (Object) {
        sealed;
        slots { descr_get: get, descr_set: set, repr: repr }
        read __name__ as name;
        get __qualname__ as qualname;
        read __objclass__ as class;
        get __doc__ as doc;
    }
}

fn descriptor(cx: &Cx, owner: Ref<'_>, name: &str, extra: Extra) -> Owned {
    let (owner, name) = (owner.own(), name.into());
    payload::new(cx, Member { owner, name, extra })
}

/// The descriptor of a name in `__slots__`.
pub(crate) fn new(cx: &Cx, owner: Ref<'_>, number: u16, name: &str) -> Owned {
    descriptor(cx, owner, name, Extra::Slot(number))
}

/// The descriptor of `__dict__`.
pub(crate) fn dict(cx: &Cx, owner: Ref<'_>) -> Owned {
    descriptor(cx, owner, "__dict__", Extra::Dict)
}

/// The descriptor of `__weakref__`.
pub(crate) fn weak(cx: &Cx, owner: Ref<'_>) -> Owned {
    descriptor(cx, owner, "__weakref__", Extra::Weak)
}

fn get(cx: &Cx, this: Ref<'_>, object: Option<Ref<'_>>, _class: Ref<'_>) -> Outcome {
    let member = this.payload::<Member>().expect("a member");
    let Some(object) = object else {
        return Ok(this.own());
    };
    check(cx, member, object)?;
    match member.extra {
        Extra::Slot(number) => match read(cx, object, number) {
            Some(value) => Ok(value),
            None => Err(unset(cx, member, object)),
        },
        Extra::Dict => match attribute::dict_of(cx, object) {
            Some(dict) => Ok(dict),
            None => Err(unset(cx, member, object)),
        },
        Extra::Weak => Ok(crate::types::weakref::first(cx, object)),
    }
}

fn read(cx: &Cx, object: Ref<'_>, number: u16) -> Option<Owned> {
    let header = object.header()?;
    let slot = extras::named(header, number)?;
    event::reads(slot, None);
    let value = slot.get(cx.ts, header)?;
    // SAFETY: the reference is new.
    Some(unsafe { Owned::from_value(value) })
}

fn set(cx: &Cx, this: Ref<'_>, object: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let member = this.payload::<Member>().expect("a member");
    check(cx, member, object)?;
    let Some(header) = object.header() else {
        return Ok(());
    };
    match member.extra {
        Extra::Slot(number) => {
            let Some(slot) = extras::named(header, number) else {
                return Err(unset(cx, member, object));
            };
            event::writes(slot, None);
            let deletes = value.is_none();
            let value = value.map(|value| value.own().into_value());
            match slot.replace(cx.ts, header, value) || !deletes {
                true => Ok(()),
                false => Err(cx.error(TypeId::AttributeError, &member.name)),
            }
        }
        Extra::Dict => set_dict(cx, header, value),
        Extra::Weak => {
            let kind = cx.type_name(object);
            let message = format!("attribute '__weakref__' of '{kind}' objects is not writable");
            Err(cx.error(TypeId::AttributeError, message))
        }
    }
}

/// Replaces an object's dict.
pub(crate) fn set_dict(
    cx: &Cx,
    header: &crate::objects::Header,
    value: Option<Ref<'_>>,
) -> Outcome<()> {
    match value {
        Some(value) if value.downcast::<Dict>().is_some() => {
            attribute::set_dict(cx, header, value.own());
            Ok(())
        }
        Some(value) => {
            let kind = cx.type_name(value);
            Err(cx.type_error(format!(
                "__dict__ must be set to a dictionary, not a '{kind}'"
            )))
        }
        None => {
            attribute::set_dict(cx, header, cx.dict());
            Ok(())
        }
    }
}

fn check(cx: &Cx, member: &Member, object: Ref<'_>) -> Outcome<()> {
    let owner = Class::of(member.owner.borrow()).expect("a class");
    if cx.class_of(object).derives_from(owner) {
        return Ok(());
    }
    let (owner, kind) = (owner.name(cx), cx.type_name(object));
    Err(cx.type_error(format!(
        "descriptor '{}' for '{owner}' objects doesn't apply to a '{kind}' object",
        member.name
    )))
}

#[cold]
fn unset(cx: &Cx, member: &Member, object: Ref<'_>) -> Raised {
    attribute::missing(cx, object, cx.intern(&member.name))
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let member = this.payload::<Member>().expect("a member");
    let owner = Class::of(member.owner.borrow()).map_or(String::new(), |owner| owner.name(cx));
    let what = if matches!(member.extra, Extra::Slot(_)) {
        "member"
    } else {
        "attribute"
    };
    Ok(cx.str(&format!("<{what} '{}' of '{owner}' objects>", member.name)))
}

fn name(cx: &Cx, this: &Member) -> Owned {
    cx.str(&this.name)
}

fn qualname(cx: &Cx, this: &Member) -> String {
    let owner = Class::of(this.owner.borrow());
    let owner = owner.map_or(String::new(), |owner| {
        super::type_::qualified_name(cx, owner)
    });
    format!("{owner}.{}", this.name)
}

fn class(_cx: &Cx, this: &Member) -> Owned {
    this.owner.clone()
}

fn doc(_cx: &Cx, _this: &Member) -> Option<Owned> {
    None
}
