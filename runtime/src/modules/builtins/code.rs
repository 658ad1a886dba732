//! Functions that see the running code, or run code.

use std::borrow::Cow;

use crate::compile::{Mode, Options};
use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, subscript};
use crate::eval::{Outcome, locals as variables, names};
use crate::objects::cell::Cell;
use crate::objects::dict::Dict;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::syntax::Source;
use crate::types::code::{self, Code};
use crate::types::slots::Dunder;
use crate::types::{TypeId, bytes};

pub(super) fn globals(cx: &Cx) -> Owned {
    cx.globals()
}

pub(super) fn locals(cx: &Cx) -> Outcome {
    variables::current(cx)
}

/// Flags of `compile` with CPython's values: those that change what it does here, and those that are known.
mod flags {
    pub(super) const SYNTAX_TREE: i64 = 0x400;
    pub(super) const ANNOTATIONS: i64 = 0x100_0000;
    /// Nested scopes, leaving out the last dedent, and the features of `__future__`.
    pub(super) const KNOWN: i64 = 0x10 | 0x200 | 0x1fe_0000;
}

#[expect(
    clippy::too_many_arguments,
    reason = "one for each parameter of the function"
)]
pub(super) fn compile(
    cx: &Cx,
    source: Ref<'_>,
    name: Ref<'_>,
    mode: Ref<'_>,
    flags: i64,
    dont_inherit: bool,
    optimize: i64,
    _feature_version: i64,
) -> Outcome {
    let name = file_name(cx, name)?;
    let Some(mode) = mode.downcast::<Str>() else {
        let kind = cx.type_name(mode);
        return Err(cx.type_error(format!("compile() argument 'mode' must be str, not {kind}")));
    };
    if flags & !(flags::KNOWN | flags::SYNTAX_TREE) != 0 {
        return Err(cx.value_error("compile(): unrecognised flags"));
    }
    if !(-1..=2).contains(&optimize) {
        return Err(cx.value_error("compile(): invalid optimize value"));
    }
    let mode = match mode.as_str() {
        "exec" => Mode::Exec,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => {
            return Err(cx.value_error("compile() mode must be 'exec', 'eval' or 'single'"));
        }
    };
    if flags & flags::SYNTAX_TREE != 0 {
        let message = "compile() does not give syntax trees";
        return Err(cx.error(TypeId::NotImplementedError, message));
    }
    let inherited = !dont_inherit && cx.has_future_annotations();
    let options = Options {
        mode,
        separate_locals: true,
        future_annotations: inherited || flags & flags::ANNOTATIONS != 0,
        optimize: optimize.max(0) as u8,
    };
    let expected = "compile() arg 1 must be a string, bytes or AST object";
    let source = read(cx, source, &name, mode, expected)?;
    code::compile(cx, source, &options)
}

/// The name of a file, as text, bytes or a path.
fn file_name(cx: &Cx, name: Ref<'_>) -> Outcome<String> {
    if let Some(text) = name.downcast::<Str>() {
        return Ok(text.as_str().to_owned());
    }
    if let Some(bytes) = bytes::data(cx, name) {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    let kind = cx.type_name(name);
    let path = attribute::special(cx, name, cx.intern("__fspath__"))?;
    let Some(path) = path.filter(|path| !path.borrow().is_none()) else {
        return Err(cx.type_error(format!(
            "expected str, bytes or os.PathLike object, not {kind}"
        )));
    };
    let path = cx.call(path.borrow(), crate::eval::Args::NONE)?;
    let path = path.borrow();
    match (path.downcast::<Str>(), bytes::data(cx, path)) {
        (Some(text), _) => Ok(text.as_str().to_owned()),
        (None, Some(bytes)) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        (None, None) => {
            let given = cx.type_name(path);
            Err(cx.type_error(format!(
                "expected {kind}.__fspath__() to return str or bytes, not {given}"
            )))
        }
    }
}

/// A source from the text or the bytes that a program has.
fn read(cx: &Cx, given: Ref<'_>, name: &str, mode: Mode, expected: &str) -> Outcome<Source> {
    let made = match (given.downcast::<Str>(), bytes::data(cx, given)) {
        (Some(text), _) => {
            let text = in_shape(mode, text.as_str().as_bytes());
            Source::from_string(name, &String::from_utf8_lossy(&text))
        }
        (None, Some(bytes)) => Source::from_bytes(name, &in_shape(mode, &bytes)),
        (None, None) => return Err(cx.type_error(expected)),
    };
    made.map_err(|error| code::syntax_error(cx, &error, None))
}

/// An expression may be indented; the last line of statements needs no end.
fn in_shape(mode: Mode, text: &[u8]) -> Cow<'_, [u8]> {
    if mode == Mode::Eval {
        let blanks = text.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
        return Cow::Borrowed(&text[blanks.count()..]);
    }
    match text.last() {
        None | Some(b'\n') => Cow::Borrowed(text),
        Some(_) => Cow::Owned([text, b"\n"].concat()),
    }
}

pub(super) fn eval(cx: &Cx, source: Ref<'_>, globals: Ref<'_>, locals: Ref<'_>) -> Outcome {
    let names = namespaces(cx, globals, locals, &EVAL)?;
    let code = match source.payload::<Code>() {
        Some(code) if code.code.code.free > 0 => {
            return Err(
                cx.type_error("code object passed to eval() may not contain free variables")
            );
        }
        Some(code) => code::object(code.code),
        None => compile_here(cx, source, Mode::Eval, &names)?,
    };
    run(cx, code::of(&code), &names, None)
}

pub(super) fn exec(
    cx: &Cx,
    source: Ref<'_>,
    globals: Ref<'_>,
    locals: Ref<'_>,
    closure: Ref<'_>,
) -> Outcome<()> {
    let names = namespaces(cx, globals, locals, &EXEC)?;
    let Some(code) = source.payload::<Code>().map(|code| code.code) else {
        if !closure.is_none() {
            return Err(cx.type_error("closure can only be used when source is a code object"));
        }
        let code = compile_here(cx, source, Mode::Exec, &names)?;
        return run(cx, code::of(&code), &names, None).map(drop);
    };
    let closure = fitting(cx, code, closure)?;
    run(cx, code, &names, closure).map(drop)
}

/// The closure for code with free variables.
fn fitting(cx: &Cx, code: CodeRef, closure: Ref<'_>) -> Outcome<Option<Owned>> {
    let wanted = code.code.free as usize;
    if wanted == 0 {
        return match closure.is_none() {
            true => Ok(None),
            false => Err(cx.type_error("cannot use a closure with this code object")),
        };
    }
    let cells = closure.exact::<Tuple>().map_or(&[][..], items);
    let fits = cells.len() == wanted && cells.iter().all(|cell| cell.downcast::<Cell>().is_some());
    match fits {
        true => Ok(Some(closure.own())),
        false => Err(cx.type_error(format!(
            "code object requires a closure of exactly length {wanted}"
        ))),
    }
}

/// How one of the two functions words its complaints.
struct Wording {
    source: &'static str,
    globals: fn(&Cx, Ref<'_>) -> String,
    locals: fn(&Cx, Ref<'_>) -> String,
}

const EVAL: Wording = Wording {
    source: "eval() arg 1 must be a string, bytes or code object",
    globals: |cx, given| match subscript::has(cx, given, Dunder::GetItem) {
        true => "globals must be a real dict; try eval(expr, {}, mapping)".to_owned(),
        false => "globals must be a dict".to_owned(),
    },
    locals: |_, _| "locals must be a mapping".to_owned(),
};

const EXEC: Wording = Wording {
    source: "exec() arg 1 must be a string, bytes or code object",
    globals: |cx, given| {
        let kind = cx.type_name(given);
        format!("exec() globals must be a dict, not {kind}")
    },
    locals: |cx, given| {
        let kind = cx.type_name(given);
        format!("locals must be a mapping or None, not {kind}")
    },
};

/// Where code is to run.
struct Namespaces {
    globals: Owned,
    locals: Owned,
    wording: &'static Wording,
}

impl Namespaces {
    /// Whether the locals are another mapping than the globals, or one that must be asked in another way.
    fn are_separate(&self) -> bool {
        let (globals, locals) = (self.globals.borrow(), self.locals.borrow());
        globals != locals || locals.exact::<Dict>().is_none()
    }
}

/// The given namespaces; those of the running code where there is none.
fn namespaces(
    cx: &Cx,
    globals: Ref<'_>,
    locals: Ref<'_>,
    wording: &'static Wording,
) -> Outcome<Namespaces> {
    if let Some(locals) = locals.not_none()
        && !subscript::has(cx, locals, Dunder::GetItem)
    {
        return Err(cx.type_error((wording.locals)(cx, locals)));
    }
    if let Some(globals) = globals.not_none()
        && globals.downcast::<Dict>().is_none()
    {
        return Err(cx.type_error((wording.globals)(cx, globals)));
    }
    let (globals, default) = match globals.not_none() {
        Some(globals) => (globals.own(), None),
        None => (cx.globals(), Some(variables::current)),
    };
    let locals = match (locals.not_none(), default) {
        (Some(locals), _) => locals.own(),
        (None, Some(current)) => current(cx)?,
        (None, None) => globals.clone(),
    };
    let name = cx.world().names.builtins();
    if attribute::in_dict(cx, globals.borrow(), name)?.is_none() {
        let builtins = names::builtins(cx);
        attribute::set_in(cx, globals.borrow(), name, Some(builtins.borrow()))?;
    }
    Ok(Namespaces {
        globals,
        locals,
        wording,
    })
}

fn compile_here(cx: &Cx, source: Ref<'_>, mode: Mode, names: &Namespaces) -> Outcome {
    let source = read(cx, source, "<string>", mode, names.wording.source)?;
    let options = Options {
        mode,
        separate_locals: names.are_separate(),
        future_annotations: cx.has_future_annotations(),
        ..Options::default()
    };
    code::compile(cx, source, &options)
}

fn run(cx: &Cx, code: CodeRef, names: &Namespaces, closure: Option<Owned>) -> Outcome {
    let locals = names.are_separate().then(|| names.locals.borrow());
    cx.run_code(code, names.globals.borrow(), locals, closure)
}
