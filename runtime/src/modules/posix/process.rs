//! Functions of `posix` about the process and the machine.

use std::os::unix::ffi::OsStrExt;

use rustix::process::{Pid, Signal};

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::modules::posix::path::ask;
use crate::objects::dict::Dict;
use crate::refs::Owned;
use crate::sync::event;
use crate::types::{bytes, store};

/// The environment at this moment, as bytes.
pub(super) fn environment(cx: &Cx) -> Outcome {
    let environment = cx.dict();
    let Some(dict) = environment.borrow().downcast::<Dict>() else {
        return Ok(environment);
    };
    for (name, value) in std::env::vars_os() {
        let name = bytes::new(cx, name.as_bytes());
        let value = bytes::new(cx, value.as_bytes());
        store::dict_set(cx, dict, name, value)?;
    }
    Ok(environment)
}

pub(super) fn getpid(_cx: &Cx) -> i64 {
    i64::from(std::process::id())
}

pub(super) fn getppid(_cx: &Cx) -> i64 {
    i64::from(std::os::unix::process::parent_id())
}

pub(super) fn getuid(_cx: &Cx) -> i64 {
    i64::from(rustix::process::getuid().as_raw())
}

pub(super) fn geteuid(_cx: &Cx) -> i64 {
    i64::from(rustix::process::geteuid().as_raw())
}

pub(super) fn getgid(_cx: &Cx) -> i64 {
    i64::from(rustix::process::getgid().as_raw())
}

pub(super) fn getegid(_cx: &Cx) -> i64 {
    i64::from(rustix::process::getegid().as_raw())
}

/// The processors that are at work.
pub(super) fn cpu_count(_cx: &Cx) -> usize {
    event::leaves("the number of processors");
    // SAFETY: the call takes a number and gives one.
    let count = unsafe { libc::sysconf(libc::_SC_NPROCESSORS_ONLN) };
    usize::try_from(count).map_or(1, |count| count.max(1))
}

/// Random bytes of the system.
pub(super) fn urandom(cx: &Cx, size: i64) -> Outcome {
    let Ok(size) = usize::try_from(size) else {
        return Err(cx.value_error("negative argument not allowed"));
    };
    event::leaves("random numbers of the system");
    let random = ask(cx, || {
        use std::io::Read;
        let mut bytes = vec![0; size];
        std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
        Ok(bytes)
    })?;
    Ok(bytes::from_vec(cx, random))
}

pub(super) fn umask(_cx: &Cx, mask: i64) -> i64 {
    let before = rustix::process::umask(rustix::fs::Mode::from_raw_mode(mask as u32));
    i64::from(before.as_raw_mode())
}

/// System, name of the machine, release, version, hardware.
pub(super) fn uname(cx: &Cx) -> Owned {
    let names = rustix::system::uname();
    let parts = [
        names.sysname(),
        names.nodename(),
        names.release(),
        names.version(),
        names.machine(),
    ];
    let parts = parts.iter().map(|part| cx.str(&part.to_string_lossy()));
    cx.tuple(parts.collect())
}

pub(super) fn kill(cx: &Cx, pid: i32, signal: i32) -> Outcome<()> {
    ask(cx, || {
        let invalid = || std::io::Error::from_raw_os_error(libc::EINVAL);
        let pid = Pid::from_raw(pid).ok_or_else(invalid)?;
        match signal {
            0 => Ok(rustix::process::test_kill_process(pid)?),
            _ => {
                let signal = Signal::from_named_raw(signal).ok_or_else(invalid)?;
                Ok(rustix::process::kill_process(pid, signal)?)
            }
        }
    })
}

/// Ends the process at once, without any of what comes at the end of a program.
pub(super) fn exit_now(_cx: &Cx, status: i32) {
    // SAFETY: the call does not return, and touches nothing of the process.
    unsafe { libc::_exit(status) }
}
