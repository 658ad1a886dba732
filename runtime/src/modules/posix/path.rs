//! What functions of `posix` take as a path: a string, bytes, an object with `__fspath__`, or the number of an open file.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::mem::ManuallyDrop;
use std::os::fd::FromRawFd;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, number};
use crate::eval::{Args, Outcome, Raised};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::sync::event;
use crate::types::convert::{Spot, Take};
use crate::types::{TypeId, bytes, exception};

/// A path, and the object that it came from, which errors name.
pub(crate) struct FsPath {
    pub(crate) path: PathBuf,
    /// Names of files are given back as bytes where the path was bytes.
    pub(crate) is_bytes: bool,
    object: Owned,
}

/// Bytes of the system from WTF-8: a lone surrogate U+DC80..U+DCFF stands for one byte that is not UTF-8 (PEP 383).
fn encoded(exact: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(exact.len());
    let mut rest = exact;
    while let [first, tail @ ..] = rest {
        match rest {
            [0xed, second @ 0xb2..=0xb3, third @ 0x80..=0xbf, after @ ..] => {
                out.push(((second & 0x3) << 6) | (third & 0x3f));
                rest = after;
            }
            _ => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
}

/// The string for bytes of the system; what is not UTF-8 becomes lone surrogates.
pub(crate) fn decoded(cx: &Cx, name: &OsStr) -> Owned {
    let mut out = Vec::new();
    for chunk in name.as_bytes().utf8_chunks() {
        out.extend_from_slice(chunk.valid().as_bytes());
        for byte in chunk.invalid() {
            out.extend_from_slice(&[0xed, 0xb0 | (byte >> 6), 0x80 | (byte & 0x3f)]);
        }
    }
    cx.wtf8(&out)
}

/// Text or bytes as the system has them; nothing for another object.
pub(super) fn system_text(cx: &Cx, value: Ref<'_>) -> Option<OsString> {
    let bytes = match value.downcast::<Str>() {
        Some(text) => encoded(text.as_bytes()),
        None => bytes::data(cx, value)?,
    };
    Some(OsString::from_vec(bytes))
}

/// `os.fspath`: the string or the bytes that an object stands for as a path.
///
/// # Errors
/// It stands for none.
pub(crate) fn fspath(cx: &Cx, path: Ref<'_>) -> Outcome {
    let is_text =
        |value| cx.is_instance(value, TypeId::Str) || cx.is_instance(value, TypeId::Bytes);
    if is_text(path) {
        return Ok(path.own());
    }
    let class = cx.class_of(path).as_ref();
    let Some(method) = attribute::find(cx, class, cx.intern("__fspath__"))? else {
        let kind = cx.type_name(path);
        let message = format!("expected str, bytes or os.PathLike object, not {kind}");
        return Err(cx.type_error(message));
    };
    let made = cx.call(method.borrow(), Args::positional(&[path]))?;
    match is_text(made.borrow()) {
        true => Ok(made),
        false => {
            let (kind, given) = (cx.type_name(path), cx.type_name(made.borrow()));
            Err(cx.type_error(format!(
                "expected {kind}.__fspath__() to return str or bytes, not {given}"
            )))
        }
    }
}

impl FsPath {
    /// The path of an object that is no number.
    pub(crate) fn of(cx: &Cx, value: Ref<'_>) -> Outcome<Self> {
        let object = fspath(cx, value)?;
        let text = system_text(cx, object.borrow()).unwrap_or_default();
        if text.as_bytes().contains(&0) {
            return Err(cx.value_error("embedded null byte"));
        }
        Ok(Self {
            path: text.into(),
            is_bytes: cx.is_instance(object.borrow(), TypeId::Bytes),
            object,
        })
    }

    /// Text in the form of the path: a string, or bytes.
    pub(crate) fn text(&self, cx: &Cx, name: &OsStr) -> Owned {
        match self.is_bytes {
            true => bytes::new(cx, name.as_bytes()),
            false => decoded(cx, name),
        }
    }

    /// Asks the system about the path; what goes wrong is told with the path.
    pub(crate) fn ask<R>(&self, cx: &Cx, body: impl FnOnce(&Path) -> io::Result<R>) -> Outcome<R> {
        event::leaves("files");
        let result = cx.blocking(|| body(&self.path));
        result.map_err(|error| named(cx, &error, &[self.object.borrow()]))
    }

    /// Asks the system about two paths.
    pub(crate) fn ask_both<R>(
        &self,
        cx: &Cx,
        other: &Self,
        body: impl FnOnce(&Path, &Path) -> io::Result<R>,
    ) -> Outcome<R> {
        event::leaves("files");
        let result = cx.blocking(|| body(&self.path, &other.path));
        let names = [self.object.borrow(), Ref::NONE, other.object.borrow()];
        result.map_err(|error| named(cx, &error, &names))
    }
}

impl<'a> Take<'a> for FsPath {
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        Self::of(cx, value)
    }

    fn take_at(cx: &Cx, value: Ref<'a>, spot: impl Fn() -> Spot) -> Outcome<Self> {
        Self::of(cx, value).map_err(|raised| {
            let spot = spot();
            let kinds = match spot.params[spot.index].default {
                Some("None") => ", os.PathLike, integer or None",
                _ => " or os.PathLike",
            };
            wrong_kind(cx, raised, value, spot, kinds)
        })
    }
}

/// A path or the number of an open file.
pub(super) enum Place {
    Path(FsPath),
    Number(i32),
}

impl<'a> Take<'a> for Place {
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        match cx.is_instance(value, TypeId::Int) {
            true => i32::take(cx, value).map(Self::Number),
            false => FsPath::of(cx, value).map(Self::Path),
        }
    }

    fn take_at(cx: &Cx, value: Ref<'a>, spot: impl Fn() -> Spot) -> Outcome<Self> {
        let kinds = ", os.PathLike or integer";
        Self::take(cx, value).map_err(|raised| wrong_kind(cx, raised, value, spot(), kinds))
    }
}

/// The words for an object that is no path at all.
fn wrong_kind(cx: &Cx, raised: Raised, value: Ref<'_>, spot: Spot, kinds: &str) -> Raised {
    let function = spot.function.trim_start_matches('_');
    if raised.is(cx, TypeId::ValueError) {
        return cx.value_error(format!("{function}: embedded null character in path"));
    }
    let class = cx.class_of(value).as_ref();
    let has_path = attribute::find(cx, class, cx.intern("__fspath__"));
    let is_text = cx.is_instance(value, TypeId::Str) || cx.is_instance(value, TypeId::Bytes);
    if is_text || number::index(cx, value).is_ok() || has_path.ok().flatten().is_some() {
        return raised;
    }
    let kind = cx.type_name(value);
    let param = spot.params[spot.index].name;
    cx.type_error(format!(
        "{function}: {param} should be string, bytes{kinds}, not {kind}"
    ))
}

/// An OSError with the names of its files.
pub(super) fn named(cx: &Cx, error: &io::Error, names: &[Ref<'_>]) -> Raised {
    let plain = exception::system_error(cx, error);
    let part = |name| attribute::get_str(cx, plain.0.borrow(), name);
    let (Ok(number), Ok(words)) = (part("errno"), part("strerror")) else {
        return plain;
    };
    let mut parts = vec![number.borrow(), words.borrow()];
    parts.extend(names);
    let class = cx.class(TypeId::OSError).as_ref();
    match cx.call(class, Args::positional(&parts)) {
        Ok(made) => cx.raise(made),
        Err(other) => other,
    }
}

/// Asks the system; what goes wrong becomes an OSError.
pub(super) fn ask<R>(cx: &Cx, body: impl FnOnce() -> io::Result<R>) -> Outcome<R> {
    event::leaves("files");
    cx.blocking(body)
        .map_err(|error| exception::system_error(cx, &error))
}

/// Asks the system about an open file, which stays open.
pub(super) fn with_number<R>(
    cx: &Cx,
    number: i32,
    body: impl FnOnce(&mut fs::File) -> io::Result<R>,
) -> Outcome<R> {
    ask(cx, || {
        if number < 0 {
            return Err(io::Error::from_raw_os_error(libc::EBADF));
        }
        // SAFETY: the number is lent for one question, and not closed; whether the file is open is the system's to say.
        let mut file = ManuallyDrop::new(unsafe { fs::File::from_raw_fd(number) });
        body(&mut file)
    })
}
