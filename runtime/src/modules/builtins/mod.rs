//! `builtins`: the functions by topic, and the names that a program has without an import.

mod code;
mod iteration;
mod numbers;
mod objects;
mod output;
mod sum;

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};
use crate::types::convert::Given;
use crate::types::define::module;
use crate::types::{TypeId, boot};

use code::*;
use iteration::*;
use numbers::*;
use objects::*;
use output::*;
use sum::sum;

module! {
    pub(crate) BUILTINS = "builtins" {
        doc "The names that every program has without an import.";
        /// What the class statement calls.
        static __build_class__ as build_class(*args, **kwds);
        /// What an import statement calls.
        static __import__ as import(name, globals = None, locals = None, fromlist = None, level = 0);
        constant NotImplemented = |_| Owned::not_implemented();
        constant Ellipsis = ellipsis;
        constant __debug__ = |_| Owned::bool(true);

        /// The absolute value of a number.
        static abs(number, /);
        /// The number in base two, as text.
        static bin(number, /);
        /// The string of one character with this code point.
        static chr(i, /);
        /// The pair (x // y, x % y).
        static divmod(x, y, /);
        /// The number in base sixteen, as text.
        static hex(number, /);
        /// The number in base eight, as text.
        static oct(number, /);
        /// The code point of a string of one character.
        static ord(character, /);
        /// base ** exp, or base ** exp % mod for integers without the large number in between.
        static pow(base, exp, r#mod = Ref::NONE);
        /// The number rounded to so many digits behind the point, or to an integer.
        static round(number, ndigits = Ref::NONE);
        /// The sum of start and all items.
        static sum(iterable, /, start = Given::MISSING);

        /// Whether all items are true.
        static all(iterable, /);
        /// Whether any item is true.
        static any(iterable, /);
        /// The iterator over a value, or one that calls a function until it gives the sentinel.
        static iter(object, sentinel = Given::MISSING, /);
        /// The next item of an iterator; at its end the default, if there is one.
        static next(iterator, default = Given::MISSING, /);
        /// The asynchronous iterator over a value.
        static aiter(async_iterable, /);
        /// The next item of an asynchronous iterator, to be awaited; at its end the default, if there is one.
        static anext(async_iterator, default = Given::MISSING, /);
        /// The largest of the items or arguments.
        static max(*args, key = Ref::NONE, default = Given::MISSING);
        /// The smallest of the items or arguments.
        static min(*args, key = Ref::NONE, default = Given::MISSING);
        /// A new list of all items in ascending order.
        static sorted(*args, **kwargs);

        /// The representation of a value, with escapes for all but ASCII.
        static ascii(obj, /);
        /// Whether a value can be called.
        static callable(obj, /);
        /// Deletes the attribute of a name.
        static delattr(obj, name, /);
        /// The names of an object's attributes, or of the variables here.
        static dir(object = Given::MISSING, /);
        /// The value as a format specification shows it.
        static format(value, format_spec = Given::MISSING, /);
        /// The attribute of a name, or the default if there is one and the object has no such attribute.
        static getattr(object, name, default = Given::MISSING, /);
        /// Whether an object has an attribute of a name.
        static hasattr(obj, name, /);
        /// The hash of a value.
        static hash(obj, /);
        /// A number that no other object has at the same time.
        static id(obj, /);
        /// Whether a value is an instance of a class, or of one in a tuple or union.
        static isinstance(obj, class_or_tuple, /);
        /// Whether a class is derived from another, or from one in a tuple or union.
        static issubclass(cls, class_or_tuple, /);
        /// How many items the container says it holds.
        static len(obj, /);
        /// The representation of a value.
        static repr(obj, /);
        /// Sets the attribute of a name.
        static setattr(obj, name, value, /);

        /// The dict of an object's attributes, or of the variables here.
        static vars(object = Given::MISSING, /);

        /// Code for a source text, to be run by exec or eval.
        static compile(
            source, filename, mode, flags = 0, dont_inherit = false, optimize = -1, *, _feature_version = -1
        );
        /// The value of an expression, given as text or code, in namespaces or where eval is called.
        static eval(source, /, globals = Ref::NONE, locals = Ref::NONE);
        /// Runs statements, given as text or code, in namespaces or where exec is called.
        static exec(source, /, globals = Ref::NONE, locals = Ref::NONE, *, closure = Ref::NONE);
        /// The global names.
        static globals();
        /// The local names: a snapshot in a function.
        static locals();

        /// Enters the debugger that sys.breakpointhook is.
        static breakpoint(*args, **kws);
        /// A line of the standard input, without its end.
        static input(prompt = None, /);
        /// Opens a file.
        static open(file, mode = "r", buffering = -1, encoding = Ref::NONE, errors = Ref::NONE, newline = Ref::NONE, closefd = true, opener = Ref::NONE);
        /// Write the values as text to file, standard output if none is given.
        static print(*args, sep = None, end = None, file = None, flush = false);
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
    TypeId::MemoryView,
    TypeId::MemoryView,
    TypeId::Tuple,
    TypeId::List,
    TypeId::Dict,
    TypeId::Set,
    TypeId::FrozenSet,
    TypeId::Range,
    TypeId::Slice,
    TypeId::StaticMethod,
    TypeId::ClassMethod,
    TypeId::Property,
    TypeId::Super,
    TypeId::Enumerate,
    TypeId::Zip,
    TypeId::Map,
    TypeId::Filter,
    TypeId::Reversed,
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
    for (keyword, value) in [
        ("None", Owned::NONE),
        ("True", Owned::bool(true)),
        ("False", Owned::bool(false)),
    ] {
        boot::set(cx, cx.world().builtins(), keyword, value);
    }
    for alias in ["IOError", "EnvironmentError"] {
        let class = cx.class(TypeId::OSError).as_ref().own();
        boot::set(cx, cx.world().builtins(), alias, class);
    }
    Ok(())
}

fn build_class(cx: &Cx, args: Ref<'_>, keywords: Ref<'_>) -> Outcome {
    crate::types::collected::with_collected(cx, args, keywords, |args| {
        crate::types::build::build_class(cx, args)
    })
}

fn import(
    cx: &Cx,
    name: Ref<'_>,
    globals: Option<Ref<'_>>,
    _locals: Option<Ref<'_>>,
    from: Option<Ref<'_>>,
    level: i64,
) -> Outcome {
    let (globals, from) = (globals.unwrap_or(Ref::NONE), from.unwrap_or(Ref::NONE));
    super::import::import(cx, name, globals, from, level)
}

fn ellipsis(_cx: &Cx) -> Owned {
    // SAFETY: singletons need no reference.
    unsafe { Owned::from_value(crate::objects::Value::ELLIPSIS) }
}
