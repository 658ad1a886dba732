//! Parts of the standard library that are written in Python: their sources lie in `lib/`, and run in the dict of their
//! module after its table has filled it.
//!
//! A module of this kind is one file in `lib/` and one line here; what only Rust can do comes from a table of the same
//! name, or from a module with an underscore.

use crate::compile::compile;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::load;
use crate::eval::ops::attribute;
use crate::modules::import;
use crate::refs::Ref;
use crate::syntax::Source;
use crate::types::TypeId;

/// Every module with a source, by name.
const SOURCES: &[(&str, &str)] = &[
    ("_codecs", include_str!("lib/_codecs.py")),
    ("_iobase", include_str!("lib/_iobase.py")),
    ("_iobuffer", include_str!("lib/_iobuffer.py")),
    ("_iomemory", include_str!("lib/_iomemory.py")),
    ("_iotext", include_str!("lib/_iotext.py")),
    ("_sre", include_str!("lib/_sre.py")),
    ("_string", include_str!("lib/_string.py")),
    ("_strptime", include_str!("lib/_strptime.py")),
    ("_weakrefset", include_str!("lib/_weakrefset.py")),
    ("abc", include_str!("lib/abc.py")),
    ("copyreg", include_str!("lib/copyreg.py")),
    ("io", include_str!("lib/io.py")),
    ("posix", include_str!("lib/posix.py")),
    ("threading", include_str!("lib/threading.py")),
    ("types", include_str!("lib/types.py")),
    ("weakref", include_str!("lib/weakref.py")),
];

/// The name and the source of a module, if it has one.
pub(crate) fn source_of(name: &str) -> Option<(&'static str, &'static str)> {
    SOURCES.iter().copied().find(|(known, _)| *known == name)
}

/// A function of one of these modules, which is imported if need be.
pub(crate) fn function(cx: &Cx, module: &str, name: &str) -> Outcome {
    let from = cx.tuple(vec![cx.str(name)]);
    let module = import::import(cx, cx.intern(module), Ref::NONE, from.borrow(), 0)?;
    attribute::get_str(cx, module.borrow(), name)
}

/// Runs the source of a module in its dict.
pub(crate) fn run(cx: &Cx, name: &str, text: &str, dict: Ref<'_>) -> Outcome<()> {
    let file = format!("<frozen {name}>");
    let wrong = |_| cx.error(TypeId::SystemError, format!("the source of '{name}'"));
    let source = Source::new(&file, text.as_bytes()).map_err(wrong)?;
    let compiled = compile(&source).map_err(wrong)?;
    let source = cx.shared.keep_source(source);
    let code = load::code(cx, compiled, source);
    cx.run_code(code, dict, None, None).map(drop)
}
