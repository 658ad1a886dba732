//! Functions written in Python, their cells, and methods bound to a receiver.

mod attributes;
mod cell;
mod making;
mod method;

use crate::eval::code::{CodeRef, HeldCode};
use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::protocols::stop_cell::StopCell;
use crate::refs::{Owned, Ref};
use crate::sync::event;
use crate::types::define::class;
use crate::types::guarded::Guarded;
use crate::types::payload::{Boxed, payload};

use attributes::*;
pub(crate) use cell::CELL;
pub(crate) use method::{METHOD, Method, bind};

/// Where a function finds names besides its globals.
pub(crate) struct Names {
    /// What stands in for the builtins.
    pub(crate) builtins: Option<Owned>,
    /// A tuple of cells, or nothing.
    pub(crate) closure: Option<Owned>,
}

/// What parameters get that no argument is for.
#[derive(Default)]
pub(crate) struct Defaults {
    /// A tuple, or nothing.
    pub(crate) positional: Option<Owned>,
    /// A dict, or nothing.
    pub(crate) keyword: Option<Owned>,
}

/// What can be changed in a function.
pub(crate) struct Parts {
    pub(crate) name: Owned,
    pub(crate) qualified_name: Owned,
    pub(crate) doc: Owned,
    pub(crate) module: Owned,
    pub(crate) annotations: Option<Owned>,
    /// What makes the annotations.
    pub(crate) annotate: Option<Owned>,
    pub(crate) type_params: Option<Owned>,
}

/// A function written in Python.
pub(crate) struct Function {
    code: StopCell<HeldCode>,
    defaults: StopCell<Defaults>,
    /// The dict of its module.
    pub(crate) globals: Owned,
    /// What stands in for the builtins, when `__builtins__` of the globals says so.
    pub(crate) builtins: Option<Owned>,
    /// A tuple of cells, or nothing.
    pub(crate) closure: Option<Owned>,
    pub(crate) parts: Guarded<Parts>,
}

impl Function {
    /// A function of some code in the globals of a module.
    pub(crate) fn new(code: CodeRef, globals: Owned, names: Names, parts: Parts) -> Self {
        Self {
            code: StopCell::new("code of a function", HeldCode::new(code)),
            defaults: StopCell::new("defaults", Defaults::default()),
            globals,
            builtins: names.builtins,
            closure: names.closure,
            parts: Guarded::new("function", parts),
        }
    }

    /// The code. Behind a safepoint it may be another: a call reads it once.
    #[inline(always)]
    pub(crate) fn code(&self) -> CodeRef {
        event::reads(&raw const self.code, None);
        self.code_alone()
    }

    /// The same where no other thread goes on.
    #[inline(always)]
    fn code_alone(&self) -> CodeRef {
        self.code.with(HeldCode::get)
    }

    fn set_code(&self, cx: &Cx, code: CodeRef) {
        let code = HeldCode::new(code);
        event::writes(&raw const self.code, None);
        let old = self
            .code
            .change(cx.ts, |place| std::mem::replace(place, code));
        // Frames that count on the function to keep their code may still run the old one, which therefore stays.
        std::mem::forget(old);
    }

    /// Looks at the defaults; `look` passes no safepoint.
    #[inline]
    pub(crate) fn with_defaults<R>(&self, look: impl FnOnce(&Defaults) -> R) -> R {
        event::reads(&raw const self.defaults, None);
        self.defaults.with(look)
    }

    /// Changes the defaults; what `change` takes out it returns.
    fn change_defaults<R>(&self, cx: &Cx, change: impl FnOnce(&mut Defaults) -> R) -> R {
        event::writes(&raw const self.defaults, None);
        self.defaults.change(cx.ts, change)
    }

    /// The same in a function that nobody else can reach.
    pub(crate) fn change_defaults_alone<R>(&self, change: impl FnOnce(&mut Defaults) -> R) -> R {
        self.defaults.change_alone(change)
    }
}

payload!(
    Function as Function,
    "function",
    |this, visit| {
        visit(this.code_alone().object());
        visit(this.globals.borrow());
        this.builtins.iter().for_each(|one| visit(one.borrow()));
        this.closure.iter().for_each(|one| visit(one.borrow()));
        this.defaults.with(|defaults| {
            let all = [&defaults.positional, &defaults.keyword];
            let all = all.into_iter().flatten();
            all.for_each(|one| visit(one.borrow()));
        });
        this.parts.alone(|parts| show(parts, visit));
    },
    |gone, ts, object| {
        let annotations = gone
            .parts
            .with(ts, object, |parts| parts.annotations.take());
        drop((annotations, gone.change_defaults_alone(std::mem::take)));
    }
);

fn show(parts: &Parts, visit: &mut dyn FnMut(Ref<'_>)) {
    let always = [
        &parts.name,
        &parts.qualified_name,
        &parts.doc,
        &parts.module,
    ];
    always.into_iter().for_each(|one| visit(one.borrow()));
    let sometimes = [&parts.annotations, &parts.annotate, &parts.type_params];
    sometimes
        .into_iter()
        .flatten()
        .for_each(|one| visit(one.borrow()));
}

class! {
    pub(crate) FUNCTION: Boxed<Function> = "function" (Object) {
        sealed;
        methods |_| true;
        with_dict;
        with_weak;
        doc "A function from its code and its globals.";
        slots { new: making::new, call: call, descr_get: get, repr: repr }
        get __name__ as name, set_name;
        get __qualname__ as qualname, set_qualname;
        get __doc__ as doc, set_doc;
        get __module__ as module, set_module;
        get __defaults__ as defaults, set_defaults;
        get __kwdefaults__ as keyword_defaults, set_keyword_defaults;
        get __annotations__ as annotations, set_annotations;
        get __annotate__ as annotate, set_annotate;
        get __type_params__ as type_params, set_type_params;
        read __globals__ as globals;
        read __closure__ as closure;
        get __code__ as code, set_code;
        read __builtins__ as builtins;
        get __dict__ as dict, set_dict;
    }
}

fn call(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome {
    cx.call_python(this, args)
}

fn get(cx: &Cx, this: Ref<'_>, object: Option<Ref<'_>>, _class: Ref<'_>) -> Outcome {
    match object {
        Some(object) => Ok(bind(cx, this, object)),
        None => Ok(this.own()),
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let name = part(cx, this, |parts| parts.qualified_name.clone());
    let address = crate::types::object::address(this);
    let name = name.as_ref().map_or("", |name| cx.text_of(name.borrow()));
    Ok(cx.str(&format!("<function {name} at {address}>")))
}

/// Reads or changes a function's parts.
pub(crate) fn part<R>(cx: &Cx, this: Ref<'_>, body: impl FnOnce(&mut Parts) -> R) -> Option<R> {
    let (header, function) = (this.header()?, this.payload::<Function>()?);
    event::writes(&raw const function.parts, None);
    Some(function.parts.with(cx.ts, header, body))
}
