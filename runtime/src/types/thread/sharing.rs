//! What a thread that starts may share with others, and is counted by each of them for itself from then on.

use crate::eval::cx::Cx;
use crate::eval::sharing;
use crate::objects::cell::Cell;
use crate::objects::dict::Dict;
use crate::objects::gc;
use crate::objects::header::Header;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::function::{Function, Method};
use crate::types::module::Module;
use crate::types::{TypeId, store};

/// What many threads use at once, and what a look-up in a class finds.
const SHARED: [TypeId; 5] = [
    TypeId::Type,
    TypeId::Module,
    TypeId::StaticMethod,
    TypeId::ClassMethod,
    TypeId::Property,
];

/// Another thread is about to start: what it may share with this one is counted by each of them from now on.
pub(super) fn begin(cx: &Cx) {
    if sharing::begin(cx) {
        let dicts = module_dicts(cx);
        let layouts = SHARED.map(|id| id.def().kind.tag);
        gc::defer_counts(cx.ts, |value| {
            // SAFETY: the object is alive, and the world is stopped.
            let object = unsafe { Ref::from_value(*value) };
            let layout = object.header().map(Header::tag);
            layout.is_some_and(|tag| layouts.contains(&tag)) || keeps_nothing(object)
        });
        for dict in dicts {
            let _ = gc::defer_count(cx.ts, dict.borrow().value());
        }
    }
}

/// The dicts of the modules that are loaded: every function made in one refers to it.
fn module_dicts(cx: &Cx) -> Vec<Owned> {
    let modules = cx.world().modules().downcast::<Dict>();
    let modules = modules.map_or_else(Vec::new, |modules| store::dict_entries(cx, modules));
    let modules = modules
        .iter()
        .filter_map(|(_, module)| module.borrow().payload::<Module>());
    modules.map(|module| module.dict().own()).collect()
}

/// Whether this is a function that keeps nothing alive besides its module and its class: it may die late.
fn keeps_nothing(object: Ref<'_>) -> bool {
    let Some(function) = object.payload::<Function>() else {
        return false;
    };
    let code = &function.code().code;
    let free = &code.slots[code.slots.len() - code.free as usize..];
    free.iter().all(|slot| &*slot.name == "__class__")
}

/// Prepares what a new thread will call: the function, and those that it has from the functions around it.
pub(super) fn hand_over(cx: &Cx, callable: Ref<'_>) {
    let (mut next, mut seen) = (vec![callable.own()], Vec::new());
    while let Some(callable) = next.pop() {
        let callable = callable.borrow();
        if let Some(method) = callable.payload::<Method>() {
            next.push(method.function.clone());
        }
        let Some(function) = callable.payload::<Function>() else {
            continue;
        };
        if keeps_nothing(callable) {
            let _ = gc::defer_count(cx.ts, callable.value());
        } else if !seen.contains(&callable.value()) {
            seen.push(callable.value());
            next.extend(cells(function).filter_map(|cell| store::cell_get(cx, cell)));
        }
    }
}

/// The variables that a function shares with those around it.
fn cells(function: &Function) -> impl Iterator<Item = &Cell> {
    let closure = function.closure.as_ref();
    let closure = closure.and_then(|closure| closure.borrow().downcast::<Tuple>());
    let cells = closure.map_or(&[][..], items).iter();
    cells.filter_map(|cell| cell.downcast::<Cell>())
}
