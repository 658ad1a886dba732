//! Functions of `posix` about files and folders by their paths.

use std::fs::{self, DirBuilder, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{Access, AtFlags, CWD};

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::modules::posix::path::{FsPath, Place, ask, decoded, with_number};
use crate::refs::{Owned, Ref};
use crate::types::bytes;

/// What the system knows of a file: the ten numbers of a stat result, then nanoseconds and the size of blocks.
fn numbers(cx: &Cx, known: &Metadata) -> Owned {
    let nanoseconds = |seconds: i64, more: i64| seconds * 1_000_000_000 + more;
    let parts = [
        i64::from(known.mode()),
        known.ino() as i64,
        known.dev() as i64,
        known.nlink() as i64,
        i64::from(known.uid()),
        i64::from(known.gid()),
        known.size() as i64,
        known.atime(),
        known.mtime(),
        known.ctime(),
        nanoseconds(known.atime(), known.atime_nsec()),
        nanoseconds(known.mtime(), known.mtime_nsec()),
        nanoseconds(known.ctime(), known.ctime_nsec()),
        known.blksize() as i64,
        known.blocks() as i64,
        known.rdev() as i64,
    ];
    cx.tuple(parts.iter().map(|part| cx.int(*part)).collect())
}

pub(super) fn stat(cx: &Cx, place: Place, follow: bool) -> Outcome {
    let known = match place {
        Place::Path(path) if follow => path.ask(cx, |path| fs::metadata(path)),
        Place::Path(path) => path.ask(cx, |path| fs::symlink_metadata(path)),
        Place::Number(number) => with_number(cx, number, |file| file.metadata()),
    };
    known.map(|known| numbers(cx, &known))
}

/// Names and kinds of what is in a folder, in the system's order.
pub(super) fn scan(cx: &Cx, path: FsPath) -> Outcome<Vec<Owned>> {
    let found = path.ask(cx, |path| {
        let entries = fs::read_dir(path)?.map(|entry| {
            let entry = entry?;
            Ok((entry.file_name(), entry.file_type()?))
        });
        entries.collect::<io::Result<Vec<_>>>()
    })?;
    let entry = |(name, kind): (std::ffi::OsString, fs::FileType)| {
        let letter = match (kind.is_dir(), kind.is_file(), kind.is_symlink()) {
            (true, ..) => "d",
            (_, true, _) => "f",
            (.., true) => "l",
            _ => "o",
        };
        cx.pair(path.text(cx, &name), cx.str(letter))
    };
    Ok(found.into_iter().map(entry).collect())
}

pub(super) fn listdir(cx: &Cx, path: Option<FsPath>) -> Outcome<Vec<Owned>> {
    let here = cx.str(".");
    let path = path.map_or_else(|| FsPath::of(cx, here.borrow()), Ok)?;
    let names = path.ask(cx, |path| {
        let names = fs::read_dir(path)?.map(|entry| Ok(entry?.file_name()));
        names.collect::<io::Result<Vec<_>>>()
    })?;
    Ok(names.iter().map(|name| path.text(cx, name)).collect())
}

pub(super) fn getcwd(cx: &Cx) -> Outcome {
    let folder = ask(cx, std::env::current_dir)?;
    Ok(decoded(cx, folder.as_os_str()))
}

pub(super) fn getcwdb(cx: &Cx) -> Outcome {
    let folder = ask(cx, std::env::current_dir)?;
    Ok(bytes::new(cx, folder.as_os_str().as_encoded_bytes()))
}

pub(super) fn chdir(cx: &Cx, path: FsPath) -> Outcome<()> {
    path.ask(cx, |path| std::env::set_current_dir(path))
}

pub(super) fn mkdir(cx: &Cx, path: FsPath, mode: i64) -> Outcome<()> {
    path.ask(cx, |path| DirBuilder::new().mode(mode as u32).create(path))
}

pub(super) fn rmdir(cx: &Cx, path: FsPath) -> Outcome<()> {
    path.ask(cx, |path| fs::remove_dir(path))
}

pub(super) fn unlink(cx: &Cx, path: FsPath) -> Outcome<()> {
    path.ask(cx, |path| fs::remove_file(path))
}

pub(super) fn rename(cx: &Cx, from: FsPath, to: FsPath) -> Outcome<()> {
    from.ask_both(cx, &to, |from, to| fs::rename(from, to))
}

pub(super) fn link(cx: &Cx, from: FsPath, to: FsPath) -> Outcome<()> {
    from.ask_both(cx, &to, |from, to| fs::hard_link(from, to))
}

pub(super) fn symlink(cx: &Cx, target: FsPath, path: FsPath) -> Outcome<()> {
    target.ask_both(cx, &path, |target, path| {
        std::os::unix::fs::symlink(target, path)
    })
}

pub(super) fn readlink(cx: &Cx, path: FsPath) -> Outcome {
    let target = path.ask(cx, |path| fs::read_link(path))?;
    Ok(path.text(cx, target.as_os_str()))
}

/// Whether the process may use the file so; that there is none is no error.
pub(super) fn access(cx: &Cx, path: FsPath, mode: i64) -> Outcome<bool> {
    let mode = Access::from_bits_truncate(mode as u32);
    path.ask(cx, |path| {
        Ok(rustix::fs::accessat(CWD, path, mode, AtFlags::empty()).is_ok())
    })
}

pub(super) fn chmod(cx: &Cx, path: FsPath, mode: i64) -> Outcome<()> {
    let to = Permissions::from_mode(mode as u32);
    path.ask(cx, |path| fs::set_permissions(path, to))
}

pub(super) fn truncate(cx: &Cx, place: Place, length: i64) -> Outcome<()> {
    let Ok(length) = u64::try_from(length) else {
        return ask(cx, || Err(io::Error::from_raw_os_error(libc::EINVAL)));
    };
    let cut = |path: &Path| fs::File::options().write(true).open(path)?.set_len(length);
    match place {
        Place::Path(path) => path.ask(cx, cut),
        Place::Number(number) => with_number(cx, number, |file| file.set_len(length)),
    }
}

/// Sets when a file was last read and written, in nanoseconds since the Epoch.
pub(super) fn utime(cx: &Cx, path: FsPath, read: i64, written: i64) -> Outcome<()> {
    let time = |nanoseconds: i64| rustix::fs::Timespec {
        tv_sec: nanoseconds.div_euclid(1_000_000_000),
        tv_nsec: nanoseconds.rem_euclid(1_000_000_000),
    };
    let times = rustix::fs::Timestamps {
        last_access: time(read),
        last_modification: time(written),
    };
    path.ask(cx, |path| {
        Ok(rustix::fs::utimensat(CWD, path, &times, AtFlags::empty())?)
    })
}

/// `os.strerror`
pub(super) fn strerror(cx: &Cx, number: i32) -> Owned {
    let text = io::Error::from_raw_os_error(number).to_string();
    cx.str(text.split(" (os error ").next().unwrap_or_default())
}

pub(super) fn fspath(cx: &Cx, path: Ref<'_>) -> Outcome {
    super::path::fspath(cx, path)
}
