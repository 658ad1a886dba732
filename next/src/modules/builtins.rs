//! `builtins`.

use crate::eval::cx::Cx;
use crate::eval::ops::text;
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items, lend};
use crate::types::define::module;
use crate::types::{TypeId, boot, store};

module! {
    pub(crate) BUILTINS = "builtins" {
        doc "Built-in functions, types, exceptions, and other objects.";
        /// Prints the values to a stream, or to sys.stdout by default.
        static print(*args, sep = None, end = None, file = None, flush = false);
        /// Helper function used by the class statement.
        static __build_class__ as build_class(*args, **kwds);
        /// Import a module.
        static __import__ as import(name, globals = None, locals = None, fromlist = None, level = 0);
        constant NotImplemented = |_| Owned::not_implemented();
        constant Ellipsis = ellipsis;
        constant __debug__ = |_| Owned::bool(true);
        static repr(obj, /);
        fill fill;
    }
}

/// Types that a program can name without an import.
const TYPES: &[TypeId] = &[
    TypeId::Object,
    TypeId::Type,
    TypeId::Int,
    TypeId::Bool,
    TypeId::Float,
    TypeId::Complex,
    TypeId::Str,
    TypeId::Bytes,
    TypeId::Bytearray,
    TypeId::Tuple,
    TypeId::List,
    TypeId::Dict,
    TypeId::Set,
    TypeId::FrozenSet,
    TypeId::Range,
    TypeId::Slice,
    TypeId::StaticMethod,
    TypeId::ClassMethod,
];

/// Binds the classes: those of the list, and every exception.
fn fill(cx: &Cx, _module: Ref<'_>) -> Outcome<()> {
    let base = cx.class(TypeId::BaseException);
    let exceptions = TypeId::ALL
        .iter()
        .filter(|id| cx.class(**id).derives_from(base));
    for id in TYPES.iter().chain(exceptions) {
        let class = cx.class(*id).as_ref().own();
        boot::set(cx, cx.world().builtins(), id.def().name, class);
    }
    for alias in ["IOError", "EnvironmentError"] {
        let class = cx.class(TypeId::OSError).as_ref().own();
        boot::set(cx, cx.world().builtins(), alias, class);
    }
    Ok(())
}

fn build_class(cx: &Cx, args: Ref<'_>, keywords: Ref<'_>) -> Outcome {
    with_collected(cx, args, keywords, |args| {
        crate::types::build::build_class(cx, args)
    })
}

/// The arguments that a native function collected, as those of a call.
pub(crate) fn with_collected<R>(
    cx: &Cx,
    args: Ref<'_>,
    keywords: Ref<'_>,
    body: impl FnOnce(Args<'_>) -> R,
) -> R {
    let pairs = keywords.downcast::<Dict>();
    let pairs = pairs
        .map(|dict| store::dict_entries(cx, dict))
        .unwrap_or_default();
    let (names, values): (Vec<Owned>, Vec<Owned>) = pairs.into_iter().unzip();
    body(Args {
        positional: args.downcast::<Tuple>().map_or(&[][..], items),
        names: lend(&names),
        keywords: lend(&values),
    })
}

fn import(
    cx: &Cx,
    name: Ref<'_>,
    _globals: Option<Ref<'_>>,
    _locals: Option<Ref<'_>>,
    _from: Option<Ref<'_>>,
    _level: i64,
) -> Outcome {
    super::import::load(cx, cx.text_of(name))
}

fn ellipsis(_cx: &Cx) -> Owned {
    // SAFETY: singletons need no reference.
    unsafe { Owned::from_value(crate::objects::Value::ELLIPSIS) }
}

fn repr(cx: &Cx, obj: Ref<'_>) -> Outcome {
    text::repr(cx, obj)
}

fn print(
    cx: &Cx,
    args: Ref<'_>,
    sep: Option<Ref<'_>>,
    end: Option<Ref<'_>>,
    _file: Option<Ref<'_>>,
    _flush: bool,
) -> Outcome<()> {
    let sep = sep.map_or(" ", |sep| cx.text_of(sep));
    let mut out = String::new();
    let values = args.downcast::<Tuple>().map_or(&[][..], items);
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out += sep;
        }
        out += &text::str_text(cx, *value)?;
    }
    out += end.map_or("\n", |end| cx.text_of(end));
    write_out(cx, &out)
}

/// Writes to standard output.
pub(crate) fn write_out(cx: &Cx, text: &str) -> Outcome<()> {
    cx.shared
        .write(false, text)
        .map_err(|error| output_error(cx, &error))
}

/// The exception for an error of the system.
pub(crate) fn output_error(cx: &Cx, error: &std::io::Error) -> crate::eval::Raised {
    let number = cx.int(i64::from(error.raw_os_error().unwrap_or(0)));
    let message = cx.str(&error.to_string());
    let class = cx.class(TypeId::OSError).as_ref();
    let made = cx.call(
        class,
        Args::positional(&[number.borrow(), message.borrow()]),
    );
    match made {
        Ok(made) => cx.raise(made),
        Err(raised) => raised,
    }
}
