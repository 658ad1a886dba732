//! `sys`: what the interpreter tells a program about itself, and what it lets it change.

mod frames;
mod hooks;
mod info;
mod limits;
mod standard;

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::attribute;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::convert::Given;
use crate::types::define::module;
use crate::types::exception::traceback;
use crate::types::text_stream::{self, Standard};
use crate::types::{TypeId, boot};

use frames::*;
use hooks::{displayhook, excepthook, unraisablehook};
use limits::*;

pub(crate) use hooks::{report, uncaught, unraisable};
pub(crate) use standard::is_standard;

module! {
    pub(crate) SYS = "sys" {
        doc "What the interpreter knows of itself, and what a program may tell it.";
        /// Raise SystemExit with this status.
        static exit(status = Given::MISSING, /);
        /// Class, value and traceback of the exception that is handled here.
        static exc_info();
        /// The exception that is handled here, if one is.
        static exception();
        /// Write an exception that nobody caught, and its traceback, to standard error.
        static excepthook(exctype, value, traceback, /);
        static __excepthook__ as excepthook(exctype, value, traceback, /);
        /// Write the value of an interactive expression and keep it as builtins._
        static displayhook(object, /);
        static __displayhook__ as displayhook(object, /);
        /// Tells of an exception that nobody could catch.
        static unraisablehook(unraisable, /);
        static __unraisablehook__ as unraisablehook(unraisable, /);
        /// How many references the object has, the argument included.
        static getrefcount(object, /);
        /// How many bytes of memory an object takes.
        static getsizeof(object, default = Given::MISSING);
        /// How deep calls may nest.
        static getrecursionlimit();
        /// Let calls nest n deep, no deeper.
        static setrecursionlimit(limit, /);
        /// A number that nothing here depends on.
        static getswitchinterval();
        /// Keeps a number that nothing here depends on.
        static setswitchinterval(interval, /);
        /// How many digits a text may have that becomes an int, or comes from one.
        static get_int_max_str_digits();
        /// Limit the digits of a text that becomes an int, or comes from one.
        static set_int_max_str_digits(maxdigits);
        /// The one string object of a text.
        static intern(string, /);
        static _is_interned as is_interned(string, /);
        /// How many strings have one object for their text.
        static getunicodeinternedsize as interned_size(*, _only_immortal = false);
        /// How many blocks of memory hold objects.
        static getallocatedblocks as allocated_blocks();
        /// Whether the global interpreter lock is on. It never is.
        static _is_gil_enabled as is_gil_enabled();
        /// Whether the interpreter is shutting down.
        static is_finalizing();
        /// The encoding that is used when none is named.
        static getdefaultencoding as encoding();
        static getfilesystemencoding as encoding();
        static getfilesystemencodeerrors as filesystem_errors();
        /// The frame that lies depth calls above the caller.
        static _getframe as get_frame(depth = 0, /);
        /// The name of the module whose code runs depth calls above.
        static _getframemodulename as frame_module(depth = 0);
        /// Set what is called when an asynchronous generator begins, and when one dies.
        static set_asyncgen_hooks(firstiter = Given::MISSING, finalizer = Given::MISSING);
        /// What is called when an asynchronous generator begins and is finalized.
        static get_asyncgen_hooks();
        /// Set how many calls a new coroutine remembers as where it was made; 0 for none.
        static set_coroutine_origin_tracking_depth as set_origin_depth(depth);
        /// How many calls a new coroutine remembers as where it was made.
        static get_coroutine_origin_tracking_depth as origin_depth();
        /// What breakpoint() calls: there is no debugger, so it is refused.
        static breakpointhook(*args, **kws);
        static __breakpointhook__ as breakpointhook(*args, **kws);
        /// Whether the system's profiler sees Python functions: never.
        static is_stack_trampoline_active as no();
        static deactivate_stack_trampoline as nothing();
        /// Tell the hooks for audits: there are none.
        static audit(event, /, *args);
        static settrace as no_tracing(function, /);
        static setprofile as no_tracing(function, /);
        static gettrace as nothing();
        static getprofile as nothing();
        fill fill;
    }
}

fn fill(cx: &Cx, _module: Ref<'_>) -> Outcome<()> {
    let dict = cx.world().sys();
    let set = |name: &str, value: Owned| boot::set(cx, dict, name, value);
    for (name, hidden, standard) in [
        ("stdin", "__stdin__", Standard::Input),
        ("stdout", "__stdout__", Standard::Output),
        ("stderr", "__stderr__", Standard::Error),
    ] {
        let stream = text_stream::new(cx, standard);
        set(hidden, stream.clone());
        set(name, stream);
    }
    set("modules", cx.world().modules().own());
    info::fill(cx, &set);
    set("stdlib_module_names", standard::names(cx)?);
    set("builtin_module_names", standard::part_of_interpreter(cx));
    Ok(())
}

/// A standard stream as the program has it by now; nothing when it is `None`.
pub(crate) fn stream(cx: &Cx, name: Ref<'_>) -> Outcome<Option<Owned>> {
    match attribute::in_dict(cx, cx.world().sys(), name)? {
        Some(stream) => Ok(Some(stream).filter(|stream| !stream.borrow().is_none())),
        None => {
            let message = format!("lost sys.{}", cx.text_of(name));
            Err(cx.error(TypeId::RuntimeError, message))
        }
    }
}

fn exit(cx: &Cx, status: Given<'_>) -> Outcome<()> {
    let class = cx.class(TypeId::SystemExit).as_ref();
    // A tuple stands for the arguments, and `None` for none.
    let args = match status.0.and_then(Ref::not_none) {
        None => Vec::new(),
        Some(status) => match status.downcast::<crate::objects::tuple::Tuple>() {
            Some(all) => crate::refs::items(all).to_vec(),
            None => vec![status],
        },
    };
    let made = cx.call(class, crate::eval::Args::positional(&args))?;
    Err(cx.raise(made))
}

fn exc_info(cx: &Cx) -> Owned {
    let parts = match cx.handled() {
        None => vec![Owned::NONE, Owned::NONE, Owned::NONE],
        Some(value) => {
            let class = cx.class_of(value.borrow()).as_ref().own();
            let traceback = traceback::object(cx, value.borrow());
            vec![class, value, traceback]
        }
    };
    cx.tuple(parts)
}

fn exception(cx: &Cx) -> Option<Owned> {
    cx.handled()
}

fn intern(cx: &Cx, string: Ref<'_>) -> Outcome {
    match string.exact::<Str>() {
        Some(text) => Ok(cx.intern(text.as_str()).own()),
        None if cx.is_instance(string, TypeId::Str) => {
            let kind = cx.type_name(string);
            Err(cx.type_error(format!("can't intern {kind}")))
        }
        None => {
            let kind = cx.type_name(string);
            Err(cx.type_error(format!("intern() argument must be str, not {kind}")))
        }
    }
}

/// All are immortal.
fn interned_size(cx: &Cx, _only_immortal: bool) -> usize {
    cx.shared.interned_count(cx.ts)
}

fn is_interned(cx: &Cx, string: &Str) -> bool {
    let header = cx.intern(string.as_str()).header();
    header.is_some_and(|header| {
        std::ptr::eq(
            std::ptr::from_ref(header).cast::<()>(),
            std::ptr::from_ref(string).cast(),
        )
    })
}

fn get_frame(cx: &Cx, depth: i64) -> Outcome {
    let below = usize::try_from(depth).unwrap_or(0);
    cx.frame_object(below)
        .ok_or_else(|| cx.value_error("call stack is not deep enough"))
}

fn is_gil_enabled(_cx: &Cx) -> bool {
    false
}

fn is_finalizing(_cx: &Cx) -> bool {
    false
}

fn encoding(_cx: &Cx) -> &'static str {
    "utf-8"
}

fn filesystem_errors(_cx: &Cx) -> &'static str {
    "surrogateescape"
}

fn no_tracing(cx: &Cx, function: Ref<'_>) -> Outcome<()> {
    match function.is_none() {
        true => Ok(()),
        false => Err(cx.error(
            TypeId::NotImplementedError,
            "Raddle does not call trace or profile functions",
        )),
    }
}

fn nothing(_cx: &Cx) {}

fn audit(_cx: &Cx, _event: &str, _args: Ref<'_>) {}

fn no(_cx: &Cx) -> bool {
    false
}

fn breakpointhook(cx: &Cx, _args: Ref<'_>, _keywords: Ref<'_>) -> Outcome<()> {
    Err(cx.error(
        TypeId::RuntimeError,
        "breakpoint() needs a debugger: there is none, and sys.breakpointhook is not set",
    ))
}
