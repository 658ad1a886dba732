//! Slots and computed attributes of built-in classes, as Python sees them.

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::compare;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::define::{Setter, class};
use crate::types::payload::{self, Boxed, payload};
use crate::types::slots::Dunder;
use crate::types::wrapper;
use crate::types::{TypeId, object};

use super::{bound_hash, with_receiver, wrong_receiver};

/// A slot as a method, as its class's dict has it.
pub(crate) struct Wrapper {
    pub(crate) dunder: Dunder,
    pub(crate) owner: TypeId,
}

payload!(Wrapper as Wrapper, "slot wrapper", |_this, _visit| {});

class! {
    pub(crate) WRAPPER: Boxed<Wrapper> = "wrapper_descriptor" (Object) {
        sealed;
        slots { call: call_wrapper, descr_get: get_wrapper, repr: repr_wrapper }
        get __name__ as wrapper_name;
        get __qualname__ as wrapper_qualname;
        read __objclass__ as wrapper_class;
    }
}

fn call_wrapper(cx: &Cx, this: Ref<'_>, given: Args<'_>) -> Outcome {
    let wrapper = this.payload::<Wrapper>().expect("a wrapper");
    let owner = cx.class(wrapper.owner);
    let Some(receiver) = given.positional.first() else {
        let name = wrapper.dunder.name();
        let message = format!(
            "descriptor '{name}' of '{}' object needs an argument",
            owner.name(cx)
        );
        return Err(cx.type_error(message));
    };
    if wrapper.dunder != Dunder::New && !cx.class_of(*receiver).derives_from(owner) {
        let message = format!(
            "descriptor '{}' requires a '{}' object but received a '{}'",
            wrapper.dunder.name(),
            owner.name(cx),
            cx.type_name(*receiver)
        );
        return Err(cx.type_error(message));
    }
    let slots = owner.slot(|slots| *slots);
    wrapper::call(cx, wrapper.dunder, &slots, given)
}

fn get_wrapper(cx: &Cx, this: Ref<'_>, object: Option<Ref<'_>>, _class: Ref<'_>) -> Outcome {
    let Some(object) = object else {
        return Ok(this.own());
    };
    let bound = BoundWrapper {
        wrapper: this.own(),
        receiver: object.own(),
    };
    Ok(payload::new(cx, bound))
}

fn repr_wrapper(cx: &Cx, this: Ref<'_>) -> Outcome {
    let wrapper = this.payload::<Wrapper>().expect("a wrapper");
    let owner = cx.class(wrapper.owner).name(cx);
    let name = wrapper.dunder.name();
    Ok(cx.str(&format!("<slot wrapper '{name}' of '{owner}' objects>")))
}

fn wrapper_name(_cx: &Cx, this: &Wrapper) -> &'static str {
    this.dunder.name()
}

fn wrapper_qualname(cx: &Cx, this: &Wrapper) -> String {
    format!("{}.{}", cx.class(this.owner).name(cx), this.dunder.name())
}

fn wrapper_class(cx: &Cx, this: &Wrapper) -> Owned {
    cx.class(this.owner).as_ref().own()
}

/// A slot as a method that is bound to its receiver.
pub(crate) struct BoundWrapper {
    wrapper: Owned,
    receiver: Owned,
}

payload!(
    BoundWrapper as BoundWrapper,
    "method-wrapper",
    |this, visit| {
        visit(this.wrapper.borrow());
        visit(this.receiver.borrow());
    }
);

class! {
    pub(crate) BOUND_WRAPPER: Boxed<BoundWrapper> = "method-wrapper" (Object) {
        sealed;
        slots { call: call_bound, repr: repr_bound, compare: compare_bound, hash: hash_bound }
        get __name__ as bound_name;
        get __qualname__ as bound_qualname;
        read __objclass__ as bound_class;
        read __self__ as bound_self;
    }
}

fn call_bound(cx: &Cx, this: Ref<'_>, given: Args<'_>) -> Outcome {
    let bound = this.payload::<BoundWrapper>().expect("a method-wrapper");
    with_receiver(bound.receiver.borrow(), given, |given| {
        call_wrapper(cx, bound.wrapper.borrow(), given)
    })
}

fn repr_bound(cx: &Cx, this: Ref<'_>) -> Outcome {
    let bound = this.payload::<BoundWrapper>().expect("a method-wrapper");
    let kind = cx.type_name(bound.receiver.borrow());
    let address = crate::types::object::address(bound.receiver.borrow());
    let name = bound_name(cx, bound);
    Ok(cx.str(&format!(
        "<method-wrapper '{name}' of {kind} object at {address}>"
    )))
}

/// The same slot, bound to the same object.
fn compare_bound(_cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let pair = (
        left.payload::<BoundWrapper>(),
        right.payload::<BoundWrapper>(),
    );
    let (Some(one), Some(other)) = pair else {
        return Ok(Owned::not_implemented());
    };
    let same = one.wrapper.borrow() == other.wrapper.borrow()
        && one.receiver.borrow() == other.receiver.borrow();
    Ok(compare::identity(comparison, same))
}

fn hash_bound(_cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    let bound = this.payload::<BoundWrapper>().expect("a method-wrapper");
    let wrapper = object::identity(bound.wrapper.borrow());
    let receiver = object::identity(bound.receiver.borrow());
    Ok(bound_hash(receiver, wrapper as usize))
}

fn bound_qualname(cx: &Cx, this: &BoundWrapper) -> String {
    let wrapper = this.wrapper.borrow().payload::<Wrapper>();
    wrapper.map_or(String::new(), |wrapper| wrapper_qualname(cx, wrapper))
}

fn bound_class(cx: &Cx, this: &BoundWrapper) -> Option<Owned> {
    let wrapper = this.wrapper.borrow().payload::<Wrapper>();
    wrapper.map(|wrapper| wrapper_class(cx, wrapper))
}

fn bound_name(_cx: &Cx, this: &BoundWrapper) -> &'static str {
    let wrapper = this.wrapper.borrow().payload::<Wrapper>();
    wrapper.map_or("", |wrapper| wrapper.dunder.name())
}

fn bound_self(_cx: &Cx, this: &BoundWrapper) -> Owned {
    this.receiver.clone()
}

/// A computed attribute as its class's dict has it.
pub(crate) struct GetSet {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) owner: TypeId,
    pub(crate) get: fn(&Cx, Ref<'_>) -> Outcome,
    pub(crate) set: Option<Setter>,
}

payload!(GetSet as GetSet, "getset descriptor", |_this, _visit| {});

class! {
    pub(crate) GETSET: Boxed<GetSet> = "getset_descriptor" (Object) {
        sealed;
        slots { descr_get: get_getset, descr_set: set_getset, repr: repr_getset }
        get __name__ as getset_name;
        get __qualname__ as getset_qualname;
        get __doc__ as getset_doc;
        read __objclass__ as getset_class;
    }
}

fn get_getset(cx: &Cx, this: Ref<'_>, object: Option<Ref<'_>>, _class: Ref<'_>) -> Outcome {
    let Some(object) = object else {
        return Ok(this.own());
    };
    let getset = this.payload::<GetSet>().expect("a getset");
    check_receiver(cx, getset, object)?;
    (getset.get)(cx, object)
}

fn set_getset(cx: &Cx, this: Ref<'_>, object: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let getset = this.payload::<GetSet>().expect("a getset");
    check_receiver(cx, getset, object)?;
    match getset.set {
        Some(set) => set(cx, object, value),
        None => {
            let message = format!(
                "attribute '{}' of '{}' objects is not writable",
                getset.name,
                cx.class(getset.owner).name(cx)
            );
            Err(cx.error(TypeId::AttributeError, message))
        }
    }
}

/// The setter of a field that only Rust code changes.
pub(crate) fn read_only(cx: &Cx, _this: Ref<'_>, _value: Option<Ref<'_>>) -> Outcome<()> {
    Err(cx.error(TypeId::AttributeError, "readonly attribute"))
}

fn check_receiver(cx: &Cx, getset: &GetSet, object: Ref<'_>) -> Outcome<()> {
    let owner = cx.class(getset.owner);
    match cx.class_of(object).derives_from(owner) {
        true => Ok(()),
        false => Err(wrong_receiver(cx, getset.name, &owner.name(cx), object)),
    }
}

fn repr_getset(cx: &Cx, this: Ref<'_>) -> Outcome {
    let getset = this.payload::<GetSet>().expect("a getset");
    let owner = cx.class(getset.owner).name(cx);
    Ok(cx.str(&format!(
        "<attribute '{}' of '{owner}' objects>",
        getset.name
    )))
}

fn getset_name(_cx: &Cx, this: &GetSet) -> &'static str {
    this.name
}

fn getset_qualname(cx: &Cx, this: &GetSet) -> String {
    format!("{}.{}", cx.class(this.owner).name(cx), this.name)
}

fn getset_doc(cx: &Cx, this: &GetSet) -> Option<Owned> {
    let text = this.doc.trim();
    (!text.is_empty()).then(|| cx.str(text))
}

fn getset_class(cx: &Cx, this: &GetSet) -> Owned {
    cx.class(this.owner).as_ref().own()
}
