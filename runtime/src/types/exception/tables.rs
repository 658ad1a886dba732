//! The classes of exceptions.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, text};
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::refs::{Owned, Ref};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::member;
use crate::types::payload::Boxed;
use crate::types::store;

use super::Exception;

class! {
    pub(crate) BASE_EXCEPTION: Boxed<Exception> = "BaseException" (Object) {
        doc "The root of all exceptions.";
        with_dict;
        slots { new: new, init: init, str: str, repr: repr }
        get args, set_args;
        get __cause__ as cause, set_cause;
        get __context__ as context, set_context;
        get __suppress_context__ as suppress_context, set_suppress_context;
        get __traceback__ as traceback, set_traceback;
        get __dict__ as own_dict, set_own_dict;
        /// The exception itself, with this traceback.
        method with_traceback(self, tb, /);
        /// Append a line that is shown below the exception's own.
        method add_note(self, note, /);
        method __setstate__ as set_state(self, state, /);
        method __reduce__ as reduce(self, /);
    }
}

fn own_dict(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    attribute::dict_of(cx, this)
}

fn set_own_dict(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    match this.header() {
        Some(header) => member::set_dict(cx, header, value),
        None => Ok(()),
    }
}

pub(super) fn new(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let args = args.positional.iter().map(|arg| arg.own()).collect();
    Ok(super::new(cx, class, args))
}

pub(super) fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    if !args.names.is_empty() {
        let name = cx.type_name(this);
        return Err(cx.type_error(format!("{name}() takes no keyword arguments")));
    }
    let args = cx.tuple(args.positional.iter().map(|arg| arg.own()).collect());
    drop(super::with(cx, this, |state| {
        std::mem::replace(&mut state.args, args)
    }));
    Ok(())
}

pub(super) fn str(cx: &Cx, this: Ref<'_>) -> Outcome {
    let args = super::args(cx, this);
    match args.as_slice() {
        [] => Ok(cx.str("")),
        [one] => text::str(cx, one.borrow()),
        _ => text::repr(cx, cx.tuple(args).borrow()),
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let name = cx.class_of(this).name(cx);
    let args = super::args(cx, this);
    let mut out = format!("{name}(");
    text::join_reprs(cx, args.iter().map(Owned::borrow), &mut out)?;
    out.push(')');
    Ok(cx.str(&out))
}

fn args(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    super::with(cx, this, |state| state.args.clone())
}

fn set_args(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let Some(value) = value else {
        return Err(cx.type_error("args may not be deleted"));
    };
    let args = crate::eval::ops::iterate::collect(cx, value)?;
    let args = cx.tuple(args);
    drop(super::with(cx, this, |state| {
        std::mem::replace(&mut state.args, args)
    }));
    Ok(())
}

fn cause(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    super::links(cx, this).0
}

fn context(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    super::links(cx, this).1
}

/// An exception or nothing, for a link.
fn link(cx: &Cx, what: &str, value: Option<Ref<'_>>) -> Outcome<Option<Owned>> {
    match value {
        None => Err(cx.type_error(format!("{what} may not be deleted"))),
        Some(value) if value.is_none() => Ok(None),
        Some(value) if super::of(value).is_some() => Ok(Some(value.own())),
        Some(_) => Err(cx.type_error(format!(
            "exception {} must be None or derive from BaseException",
            what.trim_matches('_')
        ))),
    }
}

fn set_cause(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    super::set_cause(cx, this, link(cx, "__cause__", value)?);
    Ok(())
}

fn set_context(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    super::set_context(cx, this, link(cx, "__context__", value)?);
    Ok(())
}

fn suppress_context(cx: &Cx, this: Ref<'_>) -> bool {
    super::links(cx, this).2
}

fn set_suppress_context(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let suppress = match value.and_then(Ref::as_bool) {
        Some(suppress) => suppress,
        None => return Err(cx.type_error("attribute value type must be bool")),
    };
    super::with(cx, this, |state| state.suppress_context = suppress);
    Ok(())
}

fn traceback(cx: &Cx, this: Ref<'_>) -> Owned {
    super::traceback::object(cx, this)
}

fn set_traceback(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    super::traceback::set(cx, this, value)
}

fn with_traceback(cx: &Cx, this: Ref<'_>, tb: Ref<'_>) -> Outcome {
    super::traceback::set(cx, this, Some(tb))?;
    Ok(this.own())
}

fn add_note(cx: &Cx, this: Ref<'_>, note: Ref<'_>) -> Outcome<()> {
    if !cx.is_instance(note, crate::types::TypeId::Str) {
        let kind = cx.type_name(note);
        return Err(cx.type_error(format!("note must be a str, not '{kind}'")));
    }
    let name = cx.world().names.notes();
    let notes = match attribute::find(cx, this, name)? {
        Some(notes) => notes,
        None => {
            let notes = cx.list(Vec::new());
            attribute::set(cx, this, name, Some(notes.borrow()))?;
            notes
        }
    };
    match notes.borrow().downcast::<crate::objects::list::List>() {
        Some(list) => {
            store::list_append(cx, list, note.own());
            Ok(())
        }
        None => Err(cx.type_error("Cannot add note: __notes__ is not a list")),
    }
}

fn set_state(cx: &Cx, this: Ref<'_>, state: Option<Ref<'_>>) -> Outcome<()> {
    let Some(state) = state else {
        return Ok(());
    };
    let Some(dict) = state.downcast::<Dict>() else {
        return Err(cx.type_error("state is not a dictionary"));
    };
    for (name, value) in store::dict_entries(cx, dict) {
        attribute::set(cx, this, name.borrow(), Some(value.borrow()))?;
    }
    Ok(())
}

fn reduce(cx: &Cx, this: Ref<'_>) -> Outcome {
    let args = cx.tuple(super::args(cx, this));
    let state = state_dict(cx, this)?;
    reduced(cx, this, args, state)
}

/// A copy of the exception's dict, if there is anything in it.
pub(super) fn state_dict(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let Some(own) = attribute::dict_of(cx, this) else {
        return Ok(None);
    };
    let Some(dict) = own.borrow().downcast::<Dict>() else {
        return Ok(None);
    };
    Ok((!dict.is_empty()).then(|| store::dict_copy(cx, dict)))
}

/// What `__reduce__` gives.
pub(super) fn reduced(cx: &Cx, this: Ref<'_>, args: Owned, state: Option<Owned>) -> Outcome {
    let class = cx.class_of(this).as_ref().own();
    let parts = [class, args].into_iter().chain(state);
    Ok(cx.tuple(parts.collect()))
}

/// Classes that add nothing but their name.
macro_rules! plain {
    ($($table:ident $name:literal $base:ident $doc:literal;)*) => {
        $(class! {
            pub(crate) $table: Boxed<Exception> = $name ($base) {
                doc $doc;
            }
        })*
    };
}

plain! {
    GENERATOR_EXIT "GeneratorExit" BaseException "A generator is asked to end.";
    KEYBOARD_INTERRUPT "KeyboardInterrupt" BaseException "Ctrl-C was pressed.";
    EXCEPTION "Exception" BaseException "The root of the exceptions that a program handles.";
    ARITHMETIC_ERROR "ArithmeticError" Exception "A calculation has failed.";
    FLOATING_POINT_ERROR "FloatingPointError" ArithmeticError "Never raised; kept for its name.";
    OVERFLOW_ERROR "OverflowError" ArithmeticError "A result is too large for its type.";
    ZERO_DIVISION_ERROR "ZeroDivisionError" ArithmeticError "Division by zero.";
    ASSERTION_ERROR "AssertionError" Exception "An assert statement's condition was false.";
    BUFFER_ERROR "BufferError" Exception "Buffer error.";
    EOF_ERROR "EOFError" Exception "Input ended where more was needed.";
    LOOKUP_ERROR "LookupError" Exception "A key or an index is not there.";
    INDEX_ERROR "IndexError" LookupError "A sequence has no such index.";
    MEMORY_ERROR "MemoryError" Exception "Out of memory.";
    REFERENCE_ERROR "ReferenceError" Exception "A weak proxy's object is gone.";
    RUNTIME_ERROR "RuntimeError" Exception "What fits no other kind.";
    NOT_IMPLEMENTED_ERROR "NotImplementedError" RuntimeError "Left to a subclass, or to be written.";
    RECURSION_ERROR "RecursionError" RuntimeError "Calls are nested too deep.";
    PYTHON_FINALIZATION_ERROR "PythonFinalizationError" RuntimeError "Not possible while the interpreter ends.";
    STOP_ASYNC_ITERATION "StopAsyncIteration" Exception "An asynchronous iterator has no more items.";
    SYSTEM_ERROR "SystemError" Exception "The interpreter itself is at fault.";
    TYPE_ERROR "TypeError" Exception "An operation does not take objects of this type.";
    VALUE_ERROR "ValueError" Exception "The type fits, the value does not.";
    WARNING "Warning" Exception "The root of all warnings.";
    BYTES_WARNING "BytesWarning" Warning "Base class for warnings about bytes and buffer related problems.";
    DEPRECATION_WARNING "DeprecationWarning" Warning "Something will go away; meant for developers.";
    ENCODING_WARNING "EncodingWarning" Warning "An encoding is left to chance.";
    FUTURE_WARNING "FutureWarning" Warning "Something will mean something else; meant for users.";
    IMPORT_WARNING "ImportWarning" Warning "An import looks like a mistake.";
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning" Warning "Something will be deprecated some day.";
    RESOURCE_WARNING "ResourceWarning" Warning "A resource was left open.";
    RUNTIME_WARNING "RuntimeWarning" Warning "Something odd happens at run time.";
    SYNTAX_WARNING "SyntaxWarning" Warning "Source that is valid and looks wrong.";
    UNICODE_WARNING "UnicodeWarning" Warning "Base class for warnings about Unicode related problems.";
    USER_WARNING "UserWarning" Warning "What warn() gives by default.";
    UNBOUND_LOCAL_ERROR "UnboundLocalError" NameError "Local name referenced before assignment.";
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError" ImportError "There is no such module.";
    CHILD_PROCESS_ERROR "ChildProcessError" OSError "A child process has failed, or is none.";
    CONNECTION_ERROR "ConnectionError" OSError "A connection has failed.";
    BROKEN_PIPE_ERROR "BrokenPipeError" ConnectionError "Broken pipe.";
    CONNECTION_ABORTED_ERROR "ConnectionAbortedError" ConnectionError "The connection was given up on this side.";
    CONNECTION_REFUSED_ERROR "ConnectionRefusedError" ConnectionError "The other side takes no connection.";
    CONNECTION_RESET_ERROR "ConnectionResetError" ConnectionError "The connection was ended by the other side.";
    FILE_EXISTS_ERROR "FileExistsError" OSError "There is such a file already.";
    FILE_NOT_FOUND_ERROR "FileNotFoundError" OSError "There is no such file.";
    INTERRUPTED_ERROR "InterruptedError" OSError "A signal has broken off a system call.";
    IS_A_DIRECTORY_ERROR "IsADirectoryError" OSError "A file was needed, and it is a directory.";
    NOT_A_DIRECTORY_ERROR "NotADirectoryError" OSError "A directory was needed, and it is none.";
    PERMISSION_ERROR "PermissionError" OSError "It is not allowed.";
    PROCESS_LOOKUP_ERROR "ProcessLookupError" OSError "There is no such process.";
    TIMEOUT_ERROR "TimeoutError" OSError "A system call has run out of time.";
    INDENTATION_ERROR "IndentationError" SyntaxError "The indentation does not fit.";
    TAB_ERROR "TabError" IndentationError "Tabs and spaces disagree about the indentation.";
    UNICODE_ERROR "UnicodeError" ValueError "Text and bytes do not convert.";
}
