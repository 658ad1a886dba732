//! The names of modules that come with CPython.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::modules::import::PART_OF_INTERPRETER;
use crate::refs::Owned;
use crate::types::set;

/// The public modules of the standard library.
const NAMES: &str = "\
    __future__ abc antigravity argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 cProfile \
    calendar cmath cmd code codecs codeop collections colorsys compileall concurrent configparser contextlib contextvars \
    copy copyreg csv ctypes curses dataclasses datetime dbm decimal difflib dis doctest email encodings ensurepip enum \
    errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext \
    glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib importlib inspect io ipaddress itertools json \
    keyword linecache locale logging lzma mailbox marshal math mimetypes mmap modulefinder msvcrt multiprocessing netrc \
    nt ntpath nturl2path numbers opcode operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib \
    poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random \
    re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site \
    smtplib socket socketserver sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep \
    struct subprocess symtable sys sysconfig syslog tabnanny tarfile tempfile termios textwrap this threading time \
    timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata \
    unittest urllib uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xml xmlrpc zipapp zipfile \
    zipimport zlib zoneinfo";

/// Whether a module of the name comes with CPython.
pub(crate) fn is_standard(name: &str) -> bool {
    NAMES.split_whitespace().any(|known| known == name)
}

/// `sys.stdlib_module_names`
pub(super) fn names(cx: &Cx) -> Outcome {
    let names = NAMES.split_whitespace();
    Ok(set::constant(cx, names.map(|name| cx.intern(name).own())))
}

/// `sys.builtin_module_names`
pub(super) fn part_of_interpreter(cx: &Cx) -> Owned {
    let names = PART_OF_INTERPRETER.iter();
    cx.tuple(names.map(|name| cx.intern(name).own()).collect())
}
