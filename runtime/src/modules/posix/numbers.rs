//! Functions of `posix` about open files by their numbers.

use std::fs::OpenOptions;
use std::io::{self, IsTerminal, Read, Seek, SeekFrom, Write};
use std::os::fd::{AsFd, FromRawFd, IntoRawFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::modules::posix::path::{FsPath, ask, with_number};
use crate::refs::Owned;
use crate::types::buffer::Data;
use crate::types::bytes;

/// Opens a file with the system's flags; it is not inherited (PEP 446).
pub(super) fn open(cx: &Cx, path: FsPath, flags: i64, mode: i64) -> Outcome<i64> {
    let flags = flags as i32;
    let (reads, writes) = match flags & libc::O_ACCMODE {
        libc::O_WRONLY => (false, true),
        libc::O_RDWR => (true, true),
        _ => (true, false),
    };
    let creates = flags & libc::O_CREAT != 0 && writes;
    let opened = path.ask(cx, |path| {
        let mut options = OpenOptions::new();
        options
            .read(reads)
            .write(writes)
            .create(creates)
            .mode(mode as u32)
            .custom_flags(flags & !libc::O_ACCMODE);
        options.open(path)
    })?;
    Ok(i64::from(opened.into_raw_fd()))
}

pub(super) fn close(cx: &Cx, number: i32) -> Outcome<()> {
    // That the file is open comes first, since closing a number that is not is a mistake that ends the process.
    with_number(cx, number, |file| file.metadata().map(drop))?;
    cx.blocking(|| {
        // SAFETY: the file is open, and the program says that nobody uses it any more.
        drop(unsafe { OwnedFd::from_raw_fd(number) });
    });
    Ok(())
}

pub(super) fn read(cx: &Cx, number: i32, length: i64) -> Outcome {
    let Ok(length) = usize::try_from(length) else {
        return ask(cx, || Err(io::Error::from_raw_os_error(libc::EINVAL)));
    };
    let read = with_number(cx, number, |file| {
        let mut bytes = vec![0; length];
        let length = file.read(&mut bytes)?;
        bytes.truncate(length);
        Ok(bytes)
    })?;
    Ok(bytes::from_vec(cx, read))
}

pub(super) fn write(cx: &Cx, number: i32, data: Data<'_>) -> Outcome<usize> {
    with_number(cx, number, |file| file.write(&data))
}

pub(super) fn lseek(cx: &Cx, number: i32, offset: i64, whence: i64) -> Outcome<i64> {
    let place = match (whence, u64::try_from(offset)) {
        (0, Ok(offset)) => SeekFrom::Start(offset),
        (1, _) => SeekFrom::Current(offset),
        (2, _) => SeekFrom::End(offset),
        _ => return ask(cx, || Err(io::Error::from_raw_os_error(libc::EINVAL))),
    };
    with_number(cx, number, |file| file.seek(place)).map(|place| place as i64)
}

pub(super) fn dup(cx: &Cx, number: i32) -> Outcome<i64> {
    let copy = with_number(cx, number, |file| file.try_clone())?;
    Ok(i64::from(copy.into_raw_fd()))
}

pub(super) fn isatty(cx: &Cx, number: i32) -> bool {
    with_number(cx, number, |file| Ok(file.is_terminal())).unwrap_or(false)
}

pub(super) fn fsync(cx: &Cx, number: i32) -> Outcome<()> {
    with_number(cx, number, |file| file.sync_all())
}

/// Two numbers: what is written to the second is read from the first.
pub(super) fn pipe(cx: &Cx) -> Outcome {
    let (reader, writer) = ask(cx, io::pipe)?;
    let number = |end: OwnedFd| cx.int(i64::from(end.into_raw_fd()));
    Ok(cx.pair(number(reader.into()), number(writer.into())))
}

/// Columns and lines of a terminal.
pub(super) fn terminal_size(cx: &Cx, number: i32) -> Outcome<Owned> {
    let size = with_number(cx, number, |file| {
        Ok(rustix::termios::tcgetwinsize(file.as_fd())?)
    })?;
    let count = |count: u16| cx.int(i64::from(count));
    Ok(cx.pair(count(size.ws_col), count(size.ws_row)))
}
