//! What all threads of one interpreter share: the runtime below, the types, the names, the modules, the code.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ptr::NonNull;

use crate::eval::code::{self, CodeRef};
use crate::eval::context::Context;
use crate::eval::types::Types;
use crate::objects::value::Value;
use crate::objects::{dict, str};
use crate::protocols::mutex::Mutex;
use crate::protocols::runtime::Runtime;
use crate::protocols::thread_state::ThreadState;
use crate::sync::time::Clock;
use crate::syntax::Source;

/// Names that the evaluator itself looks for.
pub(crate) struct Names {
    pub(crate) name: Value,
    pub(crate) qualified_name: Value,
    pub(crate) doc: Value,
    pub(crate) dict: Value,
    pub(crate) class: Value,
}

/// Makes a module's contents.
pub(crate) type ModuleMaker = fn(&mut Context<'_>, Value);

/// Where standard output and standard error go.
pub(crate) struct Streams {
    pub(crate) out: Mutex<Output>,
    pub(crate) error: Mutex<Output>,
}

impl Streams {
    pub(crate) fn new(out: Output, error: Output) -> Self {
        let (out, error) = (Mutex::new("stdout", out), Mutex::new("stderr", error));
        Self { out, error }
    }
}

/// A stream that is written in large pieces.
pub(crate) struct Output {
    buffer: Vec<u8>,
    sink: Box<dyn Write + Send>,
    /// Whether every line goes out at once.
    lines: bool,
}

/// The output is written when so much has gathered.
const BUFFER: usize = 8192;

impl Output {
    pub(crate) fn new(sink: Box<dyn Write + Send>, lines: bool) -> Self {
        Self {
            buffer: Vec::new(),
            sink,
            lines,
        }
    }

    /// Takes text, and writes out what has gathered when that is due.
    ///
    /// # Errors
    /// The system's; what had gathered is lost.
    pub(crate) fn write(&mut self, text: &str) -> io::Result<()> {
        self.buffer.extend_from_slice(text.as_bytes());
        if self.buffer.len() >= BUFFER || self.lines && text.contains('\n') {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Writes out what has gathered.
    ///
    /// # Errors
    /// The system's; what had gathered is lost.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        let written = self.sink.write_all(&self.buffer);
        self.buffer.clear();
        written.and_then(|()| self.sink.flush())
    }
}

/// The shared part of an interpreter.
pub(crate) struct Shared {
    pub(crate) runtime: Runtime,
    pub(crate) clock: Clock,
    pub(crate) argv: Vec<String>,
    pub(crate) streams: Streams,
    interned: Mutex<BTreeMap<Box<str>, Value>>,
    code: Mutex<Vec<CodeRef>>,
    sources: Mutex<Vec<NonNull<Source>>>,
    /// Filled in once, before any other thread exists.
    world: std::cell::OnceCell<World>,
}

/// The objects that every thread finds.
pub(crate) struct World {
    pub(crate) types: Types,
    pub(crate) names: Names,
    /// The dict of the module `builtins`.
    pub(crate) builtins: Value,
    /// Modules that were imported, by name.
    pub(crate) modules: Value,
    pub(crate) makers: &'static [(&'static str, ModuleMaker)],
    pub(crate) threads: crate::eval::thread::Threads,
}

// SAFETY: `world` is written by the first thread before there is a second; code and sources are immutable.
unsafe impl Sync for Shared {}
// SAFETY: as above.
unsafe impl Send for Shared {}

impl Shared {
    pub(crate) fn new(argv: Vec<String>, streams: Streams) -> Self {
        Self {
            runtime: Runtime::default(),
            clock: Clock::start(),
            argv,
            streams,
            interned: Mutex::new("interned", BTreeMap::new()),
            code: Mutex::new("code", Vec::new()),
            sources: Mutex::new("sources", Vec::new()),
            world: std::cell::OnceCell::new(),
        }
    }

    /// The objects that every thread finds.
    ///
    /// # Panics
    /// Before [`Self::set_world`].
    #[inline]
    pub(crate) fn world(&self) -> &World {
        self.world.get().expect("the interpreter has its types")
    }

    /// Installs them; the calling thread is the only one.
    pub(crate) fn set_world(&self, world: World) {
        let _ = self.world.set(world);
    }

    /// The one string object with this text.
    pub(crate) fn intern(&self, ts: &ThreadState, text: &str) -> Value {
        let lot = &self.runtime.parking.lot;
        self.interned.with(lot, |table| {
            if let Some(found) = table.get(text) {
                return *found;
            }
            let value = immortal(ts, str::new(ts, text));
            table.insert(text.into(), value);
            value
        })
    }

    pub(crate) fn keep_code(&self, _ts: &ThreadState, code: CodeRef) {
        self.code
            .with(&self.runtime.parking.lot, |all| all.push(code));
    }

    /// Keeps a source for as long as the interpreter lives.
    pub(crate) fn keep_source(&self, source: Source) -> NonNull<Source> {
        let source = NonNull::from(Box::leak(Box::new(source)));
        self.sources
            .with(&self.runtime.parking.lot, |all| all.push(source));
        source
    }

    /// Writes to standard output or standard error.
    ///
    /// # Errors
    /// The system's.
    pub(crate) fn write(&self, error: bool, text: &str) -> io::Result<()> {
        let stream = if error {
            &self.streams.error
        } else {
            &self.streams.out
        };
        stream.with(&self.runtime.parking.lot, |output| output.write(text))
    }

    /// Writes to standard error, after all output so far. Streams that are gone leave nobody to tell.
    pub(crate) fn write_behind_output(&self, text: &str) {
        let _ = self.flush();
        let _ = self.write(true, text);
        let _ = self.flush();
    }

    /// Writes out what has gathered on both streams.
    ///
    /// # Errors
    /// The system's, the first one.
    pub(crate) fn flush(&self) -> io::Result<()> {
        let lot = &self.runtime.parking.lot;
        let out = self.streams.out.with(lot, Output::flush);
        let error = self.streams.error.with(lot, Output::flush);
        out.and(error)
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let lot = &self.runtime.parking.lot;
        for code in self.code.with(lot, std::mem::take) {
            // SAFETY: no thread is left.
            unsafe { code::unload(code) };
        }
        for source in self.sources.with(lot, std::mem::take) {
            // SAFETY: `keep_source` leaked this box, and the code that pointed to it is gone.
            drop(unsafe { Box::from_raw(source.as_ptr()) });
        }
    }
}

/// Makes an object that the calling thread owns immortal, and hands it back.
pub(crate) fn immortal(ts: &ThreadState, value: Value) -> Value {
    if let Some(header) = value.as_header() {
        let _ = header.count.set_immortal(ts.id());
    }
    value
}

impl Names {
    pub(crate) fn new(shared: &Shared, ts: &ThreadState) -> Self {
        Self {
            name: shared.intern(ts, "__name__"),
            qualified_name: shared.intern(ts, "__qualname__"),
            doc: shared.intern(ts, "__doc__"),
            dict: shared.intern(ts, "__dict__"),
            class: shared.intern(ts, "__class__"),
        }
    }
}

/// A new immortal dict.
pub(crate) fn immortal_dict(ts: &ThreadState) -> Value {
    immortal(ts, dict::new(ts))
}
