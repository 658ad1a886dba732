//! `_weakref`: what `weakref`, which is written in Python, is made of.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::dict::Dict;
use crate::objects::weakref::WeakRef;
use crate::refs::{Owned, Ref};
use crate::types::define::module;
use crate::types::{TypeId, store, weakref};

module! {
    pub(crate) WEAKREF = "_weakref" {
        doc "References that do not keep their objects alive.";
        types { WeakRef, ProxyType, CallableProxyType }
        constant r#ref = |cx| cx.class(TypeId::WeakRef).as_ref().own();
        /// An object that behaves as the other one without keeping it alive.
        static proxy(object, callback = None, /);
        /// How many weak references and proxies the object has.
        static getweakrefcount(object, /);
        /// The weak references and proxies of the object, as a list.
        static getweakrefs(object, /);
        /// Remove a key from a dict if its value is a weak reference whose object is gone.
        static _remove_dead_weakref as remove_dead(dct, key, /);
    }
}

fn proxy(cx: &Cx, object: Ref<'_>, callback: Option<Ref<'_>>) -> Outcome {
    weakref::proxy(cx, object, callback)
}

fn getweakrefcount(cx: &Cx, object: Ref<'_>) -> usize {
    weakref::all(cx, object).len()
}

fn getweakrefs(cx: &Cx, object: Ref<'_>) -> Vec<Owned> {
    weakref::all(cx, object)
}

/// Another thread may put a live reference there at any time, which stays.
fn remove_dead(cx: &Cx, dict: Ref<'_>, key: Ref<'_>) -> Outcome<()> {
    let Some(dict) = dict.downcast::<Dict>() else {
        let kind = cx.type_name(dict);
        let message = format!("_remove_dead_weakref() argument 1 must be dict, not {kind}");
        return Err(cx.type_error(message));
    };
    let Some(found) = store::dict_get(cx, dict, key)? else {
        return Ok(());
    };
    if found.borrow().downcast::<WeakRef>().is_none() {
        return Err(cx.type_error("not a weakref"));
    }
    if weakref::referent(cx, found.borrow()).is_none() {
        store::dict_delete_held(cx, dict, key, found.borrow())?;
    }
    Ok(())
}
