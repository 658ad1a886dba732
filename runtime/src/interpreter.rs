//! The embedding interface: an interpreter that runs programs.
//!
//! ```
//! use runtime::interpreter::{ExitStatus, Interpreter, Options};
//!
//! let interpreter = Interpreter::new(Options::default());
//! assert_eq!(interpreter.run_source("hello.py", b"print('hello')"), ExitStatus::SUCCESS);
//! ```

use std::fmt;
use std::io::{Read, Write};
use std::ptr::NonNull;

use crate::compile::{self, compile_with};
use crate::eval::cx::Cx;
pub use crate::eval::locate::{Location, Locator};
use crate::eval::ops::attribute::{in_dict, set_in};
use crate::eval::ops::text;
use crate::eval::shared::Shared;
use crate::eval::streams::{Output, Streams};
use crate::eval::{Raised, load};
pub use crate::interrupter::Interrupter;
use crate::modules::{self, atexit, import, sys};
use crate::objects::dict::{self, Dict};
use crate::objects::list::List;
use crate::objects::{gc, int};
use crate::refs::{Owned, Ref};
use crate::sync::entropy;
use crate::syntax::{Source, SyntaxError};
use crate::types::exception::{self, report};
use crate::types::thread::attached;
use crate::types::{TypeId, boot, module, store, weakref};

/// What a program's end tells the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExitStatus(pub u8);

impl ExitStatus {
    /// The program ended without an exception.
    pub const SUCCESS: Self = Self(0);
    /// An exception was not caught, or the program is not Python.
    pub const FAILURE: Self = Self(1);
    /// The program ended, but its last output could not be written.
    pub const LOST_OUTPUT: Self = Self(120);
}

/// How an interpreter starts.
pub struct Options {
    /// `sys.argv`; the first one is the program's name.
    pub argv: Vec<String>,
    /// Folders in which modules are looked for after the program's own.
    pub path: Vec<String>,
    /// Where `sys.stdin` reads.
    pub input: Box<dyn Read + Send>,
    /// Where `print` goes.
    pub output: Box<dyn Write + Send>,
    /// Where tracebacks go.
    pub errors: Box<dyn Write + Send>,
    /// Whether every line of output goes out at once, as on a terminal.
    pub line_buffered: bool,
    /// Whether the references and objects that are left at the end are counted and told on the stream for errors.
    pub shows_references: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            argv: vec![String::new()],
            path: python_path(),
            input: Box::new(std::io::stdin()),
            output: Box::new(std::io::stdout()),
            errors: Box::new(std::io::stderr()),
            line_buffered: std::io::IsTerminal::is_terminal(&std::io::stdout()),
            shows_references: false,
        }
    }
}

/// The folders that `PYTHONPATH` names, and the library.
fn python_path() -> Vec<String> {
    let folders = std::env::var_os("PYTHONPATH").unwrap_or_default();
    std::env::split_paths(&folders)
        .filter(|folder| !folder.as_os_str().is_empty())
        .map(|folder| folder.to_string_lossy().into_owned())
        .chain([import::LIBRARY.to_owned()])
        .collect()
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("argv", &self.argv)
            .field("line_buffered", &self.line_buffered)
            .finish_non_exhaustive()
    }
}

/// An interpreter for one program.
pub struct Interpreter {
    shared: NonNull<Shared>,
    interrupter: Interrupter,
    shows_references: bool,
}

impl fmt::Debug for Interpreter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interpreter").finish_non_exhaustive()
    }
}

impl Interpreter {
    /// An interpreter that has not run anything.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let streams = Streams::new(
            options.input,
            Output::new(options.output, options.line_buffered),
            Output::new(options.errors, true),
        );
        let shared = Shared::new(options.argv, options.path, streams, modules::ABOVE);
        let shared = NonNull::from(Box::leak(Box::new(shared)));
        Self {
            shared,
            interrupter: Interrupter::new(shared),
            shows_references: options.shows_references,
        }
    }

    /// What interrupts the program, from any thread.
    #[must_use]
    pub fn interrupter(&self) -> Interrupter {
        self.interrupter.clone()
    }

    /// What finds the lines of instructions.
    #[must_use]
    pub fn locator(&self) -> Locator {
        Locator::new(self.shared)
    }

    /// Runs a program and lets `ended` see what has become of it, before anything is taken apart. If that does not come
    /// back, all memory of the interpreter is the caller's to take back as a whole.
    #[must_use]
    pub fn run_source_then(
        self,
        name: &str,
        bytes: &[u8],
        ended: impl FnOnce(&Ended<'_>),
    ) -> ExitStatus {
        // SAFETY: `new` leaked the box, which nobody takes back.
        let shared = unsafe { self.shared.as_ref() };
        let seed = entropy::seed();
        // SAFETY: the runtime is part of the shared box, which stays where it is.
        let main = unsafe { shared.runtime.create_thread(None) };
        attached(shared, main, seed, |cx| {
            let status = run_threads(cx, seed, name, bytes);
            let status = flush_at_exit(cx).unwrap_or(status);
            ended(&Ended { cx, status });
            status
        })
    }

    /// Runs a program, the text of a file with this name, and waits for its threads.
    ///
    /// Whatever is wrong with the program, or goes wrong in it, is told on the stream for errors in CPython's form.
    #[must_use]
    pub fn run_source(self, name: &str, bytes: &[u8]) -> ExitStatus {
        // SAFETY: `new` leaked the box; it is taken back below, when no thread is left, or never.
        let shared = unsafe { self.shared.as_ref() };
        let seed = entropy::seed();
        // SAFETY: the runtime is part of the shared box, which stays where it is.
        let main = unsafe { shared.runtime.create_thread(None) };
        let (status, daemons) = attached(shared, main, seed, |cx| {
            let ended = run_main(cx, seed, name, bytes);
            if self.shows_references {
                show_references(cx);
            }
            ended
        });
        self.interrupter.forget();
        if !daemons {
            // SAFETY: the only threads have ended and their states are gone.
            unsafe {
                shared.runtime.finish();
                drop(Box::from_raw(self.shared.as_ptr()));
            }
        }
        status
    }
}

/// Runs a program to the end of its threads.
fn run_threads(cx: &Cx, seed: u64, name: &str, bytes: &[u8]) -> ExitStatus {
    boot::world(cx, seed);
    // The tables are right, so filling the modules cannot fail.
    let _ = modules::import::first(cx);
    let ended = run_program(cx, name, bytes);
    crate::types::thread::shut_down(cx);
    atexit::run(cx);
    ended
}

/// A program that has come to its end, all of it still there.
pub struct Ended<'a> {
    cx: &'a Cx<'a>,
    status: ExitStatus,
}

impl fmt::Debug for Ended<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ended")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Ended<'_> {
    /// What it tells the system.
    #[must_use]
    pub fn status(&self) -> ExitStatus {
        self.status
    }

    /// What an expression is in the program's module, as `repr` shows it.
    ///
    /// # Errors
    /// What is wrong with the expression, or what it raised.
    pub fn evaluate(&self, expression: &str) -> Result<String, String> {
        let cx = self.cx;
        let told = |raised: Raised| {
            let kind = cx.type_name(raised.0.borrow());
            match text::str_text(cx, raised.0.borrow()) {
                Ok(text) => format!("{kind}: {text}"),
                Err(_) => kind,
            }
        };
        let source = Source::new("<observed>", expression.trim().as_bytes())
            .map_err(|error| error.render_without_source("<observed>"))?;
        let options = compile::Options {
            mode: compile::Mode::Eval,
            ..compile::Options::default()
        };
        let unit = compile_with(&source, &options).map_err(|error| error.message().to_owned())?;
        let source = cx.shared.keep_source(source);
        let code = load::code(cx, unit.code, source);
        let main = in_dict(cx, cx.world().modules(), cx.world().names.main());
        let main = main.map_err(told)?.ok_or("there is no module __main__")?;
        let globals = main.borrow().payload::<module::Module>();
        let globals = globals.ok_or("__main__ is no module")?.dict().own();
        let value = cx
            .run_code(code, globals.borrow(), None, None)
            .map_err(told)?;
        text::repr_text(cx, value.borrow()).map_err(told)
    }
}

/// Everything that the main thread does; says whether daemon threads are left.
fn run_main(cx: &Cx, seed: u64, name: &str, bytes: &[u8]) -> (ExitStatus, bool) {
    let ended = run_threads(cx, seed, name, bytes);
    let daemons = crate::types::thread::close(cx);
    if !daemons {
        give_up_main(cx);
    }
    let status = flush_at_exit(cx).unwrap_or(ended);
    if daemons {
        cx.shared.runtime.world().stop_for_good(cx.ts);
    }
    (status, daemons)
}

/// Gives back what the program's own names hold, and the cycles that are left, so that their finalizers run: first those
/// of what nothing outside of the program leads to, which still find every name, and then those of the rest.
fn give_up_main(cx: &Cx) {
    let (modules, name) = (cx.world().modules(), cx.world().names.main());
    let Some(main) = in_dict(cx, modules, name).ok().flatten() else {
        return;
    };
    let seen = weakref::reference(cx, main.borrow(), None).ok();
    let _ = set_in(cx, modules, name, None);
    drop(main);
    let _ = gc::collect(cx.ts);
    let rest = seen.and_then(|seen| weakref::referent(cx, seen.borrow()));
    let names = rest
        .as_ref()
        .and_then(|rest| rest.borrow().payload::<module::Module>())
        .map(module::Module::dict);
    if let Some(names) = names.and_then(Ref::downcast::<Dict>) {
        dict::clear(cx.ts, names);
    }
    let _ = gc::collect(cx.ts);
}

/// Tells how many references and objects are left, immortal ones apart.
fn show_references(cx: &Cx) {
    let left = gc::left(cx.ts);
    let text = format!("[{} refs, {} blocks]\n", left.references, left.objects);
    cx.shared.write_behind_output(cx.ts, &text);
}

/// Writes out the last output; a status when that fails, which is told as CPython tells it.
fn flush_at_exit(cx: &Cx) -> Option<ExitStatus> {
    let error = cx.shared.flush(cx.ts).err()?;
    let raised = exception::system_error(cx, &error);
    report::report(
        cx,
        raised.0.borrow(),
        "Exception ignored on flushing sys.stdout:\n",
    );
    Some(ExitStatus::LOST_OUTPUT)
}

fn run_program(cx: &Cx, name: &str, bytes: &[u8]) -> ExitStatus {
    let source = match Source::new(name, bytes) {
        Ok(source) => source,
        Err(error) => return refuse(cx, &error.render_without_source(name)),
    };
    let compiled = match compile_with(&source, &compile::Options::default()) {
        Ok(unit) => unit,
        Err(error) => return refuse_program(cx, &error, &source),
    };
    exception::warn::syntax(cx, &source, &compiled.warnings, true);
    let source = cx.shared.keep_source(source);
    let code = load::code(cx, compiled.code, source);
    let globals = main_globals(cx, name);
    put_first_in_path(cx, name);
    match cx.run_code(code, globals.borrow(), None, None) {
        Ok(_) => ExitStatus::SUCCESS,
        Err(raised) => uncaught(cx, raised),
    }
}

fn refuse_program(cx: &Cx, error: &SyntaxError, source: &Source) -> ExitStatus {
    refuse(cx, &error.render(source))
}

fn refuse(cx: &Cx, text: &str) -> ExitStatus {
    cx.shared.write_behind_output(cx.ts, text);
    ExitStatus::FAILURE
}

/// Whether a program is a file, and not text from somewhere else.
fn is_file(name: &str) -> bool {
    !name.starts_with('<')
}

/// Modules are looked for in the folder of the program first, or else in the one where it was started.
fn put_first_in_path(cx: &Cx, name: &str) {
    let file = std::path::Path::new(name);
    let file = std::fs::canonicalize(file).or_else(|_| std::path::absolute(file));
    let folder = match &file {
        Ok(file) if is_file(name) => file.parent().map_or(file.as_path(), |folder| folder),
        _ => std::path::Path::new(""),
    };
    let path = in_dict(cx, cx.world().sys(), cx.world().names.search_path());
    if let Ok(Some(path)) = path
        && let Some(path) = path.borrow().downcast::<List>()
    {
        store::list_insert(cx, path, 0, cx.str(&folder.to_string_lossy()));
    }
}

/// The dict of the module `__main__`.
fn main_globals(cx: &Cx, file: &str) -> Owned {
    let globals = cx.dict();
    let entries = [
        ("__name__", cx.str("__main__")),
        ("__doc__", Owned::NONE),
        ("__package__", Owned::NONE),
        ("__loader__", Owned::NONE),
        ("__spec__", Owned::NONE),
    ];
    for (key, value) in entries {
        boot::set(cx, globals.borrow(), key, value);
    }
    if let Ok(Some(builtins)) = in_dict(cx, cx.world().modules(), cx.intern("builtins")) {
        boot::set(cx, globals.borrow(), "__builtins__", builtins);
    }
    if is_file(file) {
        let path = std::path::absolute(file).unwrap_or_else(|_| file.into());
        let path = cx.str(&path.to_string_lossy());
        boot::set(cx, globals.borrow(), "__file__", path);
    }
    let main = module::new(cx, globals.clone());
    boot::set(cx, cx.world().modules(), "__main__", main);
    globals
}

/// Tells about an exception that the program did not catch.
fn uncaught(cx: &Cx, raised: Raised) -> ExitStatus {
    if raised.is(cx, TypeId::SystemExit) {
        return exit_status(cx, raised.0.borrow());
    }
    sys::uncaught(cx, raised.0.borrow());
    match raised.is(cx, TypeId::KeyboardInterrupt) {
        true => ExitStatus(130),
        false => ExitStatus::FAILURE,
    }
}

/// What `sys.exit(code)` asks for; anything but a number is printed.
fn exit_status(cx: &Cx, value: Ref<'_>) -> ExitStatus {
    let code = exception::more(cx, value, "code").unwrap_or(Owned::NONE);
    let code = code.borrow();
    if code.is_none() {
        return ExitStatus::SUCCESS;
    }
    if let Some(number) = int::to_i64(&code.value()) {
        return ExitStatus(number as u8);
    }
    if let Ok(text) = text::str_text(cx, code) {
        sys::report(cx, &(text + "\n"));
    }
    ExitStatus::FAILURE
}
