//! A file of the system, without a buffer: what `io.FileIO` stands on.

use std::fs::{self, OpenOptions};
use std::io::{self, IsTerminal, Read, Seek, SeekFrom, Write};
use std::mem::ManuallyDrop;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::str::Str;
use crate::protocols::mutex::Mutex;
use crate::refs::{Owned, Ref};
use crate::sync::event;
use crate::types::TypeId;
use crate::types::buffer::Data;
use crate::types::define::class;
use crate::types::lock::Lock;
use crate::types::payload::{self, Boxed, payload};
use crate::types::text_stream::refuse;
use crate::types::wait::Patience;
use crate::types::{bytes, exception};

/// An open file; one that belongs to somebody else stays open when the object goes.
enum Opened {
    Own(fs::File),
    Lent(ManuallyDrop<fs::File>),
}

/// A file. Who uses it takes it out, so that nobody waits for the system inside the mutex.
pub(crate) struct File {
    opened: Mutex<Option<Opened>>,
    /// Held by whoever uses it.
    using: Lock,
}

payload!(File as File, "file", |_this, _visit| {});

class! {
    pub(crate) FILE: Boxed<File> = "File" (Object) {
        sealed;
        module "_io";
        doc "A file of the system.";
        slots { new: refuse }
        /// Read at most size bytes; below zero, until the end.
        method read(self, size, /);
        /// Write bytes, and say how many were taken.
        method write(self, data, /);
        /// Change the place: from the start, from where it is, or from the end.
        method seek(self, offset, whence, /);
        /// Make the file so long.
        method truncate(self, size, /);
        /// The system's number of the file.
        method fileno(self, /);
        /// Whether the file is a terminal.
        method isatty(self, /);
        /// Whether the place can be changed.
        method seekable(self, /);
        /// Give the file back to the system.
        method close(self, /);
        get closed;
    }
}

impl Opened {
    fn file(&mut self) -> &mut fs::File {
        match self {
            Self::Own(file) => file,
            Self::Lent(file) => file,
        }
    }
}

impl File {
    /// Runs `body`, which may wait for the system, while no other thread uses the file.
    fn with<R>(&self, cx: &Cx, body: impl FnOnce(&mut fs::File) -> io::Result<R>) -> Outcome<R> {
        event::leaves("files");
        self.using.acquire(cx, Patience::Forever)?;
        let mut opened = self.opened.with(cx.lot(), Option::take);
        let result = cx.blocking(|| opened.as_mut().map(|opened| body(opened.file())));
        self.opened.with(cx.lot(), |place| *place = opened);
        self.using.release(cx);
        match result {
            Some(result) => result.map_err(|error| exception::system_error(cx, &error)),
            None => Err(cx.value_error("I/O operation on closed file")),
        }
    }
}

fn new(cx: &Cx, opened: Opened) -> Owned {
    let file = File {
        opened: Mutex::new("file", Some(opened)),
        using: Lock::new(),
    };
    payload::new(cx, file)
}

fn options(mode: &str) -> OpenOptions {
    let (kind, both) = (mode.trim_end_matches('+'), mode.ends_with('+'));
    let mut options = OpenOptions::new();
    options.read(kind == "r" || both).write(kind != "r" || both);
    match kind {
        "w" => options.create(true).truncate(true),
        "x" => options.create_new(true),
        "a" => options.create(true).append(true),
        _ => &mut options,
    };
    options
}

/// Opens a file by its path.
pub(crate) fn open_file(cx: &Cx, path: Ref<'_>, mode: &str) -> Outcome {
    let name = match path.downcast::<Str>() {
        Some(text) => text.as_str().as_bytes().to_vec(),
        None => bytes::data(cx, path).unwrap_or_default(),
    };
    if name.contains(&0) {
        return Err(cx.value_error("embedded null byte"));
    }
    let name = Path::new(std::ffi::OsStr::from_bytes(&name));
    event::leaves("files");
    let opened = cx.blocking(|| {
        let file = options(mode).open(name)?;
        match file.metadata()?.is_dir() {
            true => Err(io::Error::from_raw_os_error(IS_A_DIRECTORY)),
            false => Ok(file),
        }
    });
    match opened {
        Ok(file) => Ok(new(cx, Opened::Own(file))),
        Err(error) => Err(named(cx, exception::system_error(cx, &error), path)),
    }
}

/// The system's number of this error.
const IS_A_DIRECTORY: i32 = 21;

/// The error with the name of its file.
fn named(cx: &Cx, raised: Raised, path: Ref<'_>) -> Raised {
    let error = raised.0.borrow();
    let part = |name| crate::eval::ops::attribute::get_str(cx, error, name);
    let (Ok(number), Ok(words)) = (part("errno"), part("strerror")) else {
        return raised;
    };
    let class = cx.class(TypeId::OSError).as_ref();
    let parts = [number.borrow(), words.borrow(), path];
    match cx.call(class, Args::positional(&parts)) {
        Ok(made) => cx.raise(made),
        Err(other) => other,
    }
}

/// Makes a file of a number that the system has given.
pub(crate) fn take_file(cx: &Cx, number: i32, closes: bool) -> Outcome {
    let unusable = || {
        let error = io::Error::from_raw_os_error(BAD_NUMBER);
        Err(exception::system_error(cx, &error))
    };
    if number < 0 {
        return unusable();
    }
    // SAFETY: the number is used for one question to the system, which answers whether it is that of an open file.
    let known = rustix::io::fcntl_getfd(unsafe { BorrowedFd::borrow_raw(number) });
    if known.is_err() {
        return unusable();
    }
    // SAFETY: the file is open, and the program says that it may use it, and close it if `closes`.
    let file = unsafe { fs::File::from_raw_fd(number) };
    let opened = match closes {
        true => Opened::Own(file),
        false => Opened::Lent(ManuallyDrop::new(file)),
    };
    Ok(new(cx, opened))
}

/// The system's number of this error.
const BAD_NUMBER: i32 = 9;

/// For more bytes than these no room is made before they come.
const AT_ONCE: usize = 1 << 26;

fn read(cx: &Cx, file: &File, size: i64) -> Outcome {
    let read = file.with(cx, |file| {
        let mut bytes = Vec::new();
        match usize::try_from(size) {
            Ok(size) if size <= AT_ONCE => {
                bytes.resize(size, 0);
                let length = file.read(&mut bytes)?;
                bytes.truncate(length);
            }
            Ok(size) => _ = file.take(size as u64).read_to_end(&mut bytes)?,
            Err(_) => _ = file.read_to_end(&mut bytes)?,
        }
        Ok(bytes)
    });
    Ok(bytes::from_vec(cx, read?))
}

fn write(cx: &Cx, file: &File, data: Data<'_>) -> Outcome<usize> {
    file.with(cx, |file| file.write(&data))
}

fn seek(cx: &Cx, file: &File, offset: i64, whence: i64) -> Outcome<i64> {
    let place = match (whence, u64::try_from(offset)) {
        (0, Ok(offset)) => SeekFrom::Start(offset),
        (1, _) => SeekFrom::Current(offset),
        (2, _) => SeekFrom::End(offset),
        _ => {
            let error = io::Error::from_raw_os_error(INVALID);
            return Err(exception::system_error(cx, &error));
        }
    };
    file.with(cx, |file| file.seek(place))
        .map(|place| place as i64)
}

/// The system's number of this error.
const INVALID: i32 = 22;

fn truncate(cx: &Cx, file: &File, size: i64) -> Outcome<i64> {
    let Ok(length) = u64::try_from(size) else {
        let error = io::Error::from_raw_os_error(INVALID);
        return Err(exception::system_error(cx, &error));
    };
    file.with(cx, |file| file.set_len(length))?;
    Ok(size)
}

fn fileno(cx: &Cx, file: &File) -> Outcome<i64> {
    file.with(cx, |file| Ok(i64::from(file.as_raw_fd())))
}

fn isatty(cx: &Cx, file: &File) -> Outcome<bool> {
    file.with(cx, |file| Ok(file.is_terminal()))
}

fn seekable(cx: &Cx, file: &File) -> Outcome<bool> {
    file.with(cx, |file| Ok(file.stream_position().is_ok()))
}

fn close(cx: &Cx, file: &File) -> Outcome<()> {
    file.using.acquire(cx, Patience::Forever)?;
    let opened = file.opened.with(cx.lot(), Option::take);
    cx.blocking(|| drop(opened));
    file.using.release(cx);
    Ok(())
}

fn closed(cx: &Cx, file: &File) -> Outcome<bool> {
    // Who uses the file has taken it out.
    file.using.acquire(cx, Patience::Forever)?;
    let closed = file.opened.with(cx.lot(), |opened| opened.is_none());
    file.using.release(cx);
    Ok(closed)
}
