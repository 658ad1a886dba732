"""The system's files, folders and processes: what `os` asks of the system."""

import sys as _sys


def _fields(cls, names):
    """Make a class of tuples with names for the items."""
    cls.n_fields = len(names)
    cls.n_unnamed_fields = 0
    cls.__match_args__ = names[: cls.n_sequence_fields]
    for place, name in enumerate(names[: cls.n_sequence_fields]):
        setattr(cls, name, property(lambda self, place=place: self[place]))
    return cls


class _Structure(tuple):
    """A tuple whose items have names, of which some may be reached by name only."""

    n_sequence_fields = 0

    def __new__(cls, sequence, dict=None, /):
        parts = tuple(sequence)
        least, most = cls.n_sequence_fields, cls.n_fields
        name = f"{cls.__module__}.{cls.__name__}"
        if len(parts) < least:
            bound = "at least " if most > least else ""
            raise TypeError(f"{name}() takes an {bound}{least}-sequence ({len(parts)}-sequence given)")
        if len(parts) > most:
            raise TypeError(f"{name}() takes an at most {most}-sequence ({len(parts)}-sequence given)")
        self = tuple.__new__(cls, parts[:least])
        self._more = parts
        return self

    def __repr__(self):
        shown = ", ".join(f"{name}={item!r}" for name, item in zip(self.__match_args__, self))
        return f"{type(self).__module__}.{type(self).__name__}({shown})"

    def __reduce__(self):
        return type(self), (self._more,)


class stat_result(_Structure):
    """What the system knows of a file."""

    __module__ = "os"
    n_sequence_fields = 10

    # Seconds are floats by name and integers by place.
    st_atime = property(lambda self: self._part(10) / 10**9)
    st_mtime = property(lambda self: self._part(11) / 10**9)
    st_ctime = property(lambda self: self._part(12) / 10**9)
    st_atime_ns = property(lambda self: self._part(10))
    st_mtime_ns = property(lambda self: self._part(11))
    st_ctime_ns = property(lambda self: self._part(12))
    st_blksize = property(lambda self: self._part(13))
    st_blocks = property(lambda self: self._part(14))
    st_rdev = property(lambda self: self._part(15))

    def _part(self, place):
        if place < len(self._more):
            return self._more[place]
        return self._more[place - 3] * 10**9 if place < 13 else None


_names = "st_mode st_ino st_dev st_nlink st_uid st_gid st_size".split()
_fields(stat_result, tuple(_names))
stat_result.n_fields = 16
stat_result.__match_args__ = tuple(_names)
for _place, _name in enumerate(("st_atime", "st_mtime", "st_ctime")):
    stat_result.__match_args__ += (_name,)


class terminal_size(_Structure):
    """Columns and lines of a terminal."""

    __module__ = "os"
    n_sequence_fields = 2


_fields(terminal_size, ("columns", "lines"))


class uname_result(_Structure):
    """Names of the system and of the machine."""

    __module__ = "posix"
    n_sequence_fields = 5


_fields(uname_result, ("sysname", "nodename", "release", "version", "machine"))

error = OSError
SEEK_DATA, SEEK_HOLE = 3, 4
EX_OK = 0
environ = _environment()
_have_functions = ["HAVE_FSTATAT", "HAVE_FDOPENDIR"]


def _no_folder(function, dir_fd):
    if dir_fd is not None:
        raise NotImplementedError(f"{function}: dir_fd unavailable on this platform")


def _create_environ():
    return _environment()


def putenv(name, value, /):
    """Do nothing: the environment of the process stays, and a program that is started gets os.environ."""


def unsetenv(name, /):
    """Do nothing, as putenv() does."""


def stat(path, *, dir_fd=None, follow_symlinks=True):
    """Return what the system knows of a file, by its path or its number."""
    _no_folder("stat", dir_fd)
    return stat_result(_stat(path, follow_symlinks))


def lstat(path, *, dir_fd=None):
    """Return what the system knows of a file; of a symbolic link, of itself."""
    _no_folder("lstat", dir_fd)
    return stat_result(_stat(path, False))


def fstat(fd):
    """Return what the system knows of an open file."""
    if not isinstance(fd, int):
        raise TypeError(f"{type(fd).__name__!r} object cannot be interpreted as an integer")
    return stat_result(_stat(fd, True))


def mkdir(path, mode=0o777, *, dir_fd=None):
    """Make a folder."""
    _no_folder("mkdir", dir_fd)
    _mkdir(path, mode)


def symlink(src, dst, target_is_directory=False, *, dir_fd=None):
    """Make a symbolic link to a path."""
    _no_folder("symlink", dir_fd)
    _symlink(src, dst)


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    """Set when a file was last read and written; without times, to now."""
    import time

    _no_folder("utime", dir_fd)
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    if ns is None:
        ns = [int(part * 10**9) for part in times] if times else [time.time_ns()] * 2
    _utime(path, *ns)


def uname():
    """Return the names of the system and of the machine."""
    return uname_result(_uname())


def get_terminal_size(fd=1, /):
    """Return columns and lines of a terminal."""
    return terminal_size(_terminal_size(fd))


def get_inheritable(fd, /):
    """Say whether a program that this one starts gets the file: never, unless it is a standard stream."""
    fstat(fd)
    return fd < 3


def waitstatus_to_exitcode(status):
    """Return the exit code of a process that ended so; below zero for a signal."""
    if status & 0x7F == 0:
        return status >> 8 & 0xFF
    return -(status & 0x7F)


class DirEntry:
    """One thing in a folder, as scandir() found it."""

    __slots__ = ("name", "path", "_kind", "_known")
    __module__ = "posix"

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 'posix.DirEntry' instances")

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    def stat(self, *, follow_symlinks=True):
        """Return what the system knows of it; the answer is kept."""
        if follow_symlinks not in self._known:
            self._known[follow_symlinks] = stat(self.path, follow_symlinks=follow_symlinks)
        return self._known[follow_symlinks]

    def inode(self):
        """Return its number in the file system."""
        return self.stat(follow_symlinks=False).st_ino

    def is_symlink(self):
        """Say whether it is a symbolic link."""
        return self._kind == "l"

    def is_junction(self):
        """Say whether it is a junction, which this system does not have."""
        return False

    def is_dir(self, *, follow_symlinks=True):
        """Say whether it is a folder."""
        return self._is("d", 0o040000, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        """Say whether it is a file."""
        return self._is("f", 0o100000, follow_symlinks)

    def _is(self, letter, mode, follow_symlinks):
        if self._kind != "l" or not follow_symlinks:
            return self._kind == letter
        try:
            return self.stat().st_mode & 0o170000 == mode
        except FileNotFoundError:
            return False


class _Scan:
    """What scandir() returns: an iterator that can be closed."""

    def __init__(self, path):
        folder = fspath(path)
        slash, empty = ("/", ".") if isinstance(folder, str) else (b"/", b".")
        base = folder if folder.endswith(slash) else folder + slash
        self._entries = iter([self._entry(base, *found) for found in _scan(folder or empty)])

    def _entry(self, base, name, kind):
        entry = object.__new__(DirEntry)
        entry.name, entry.path, entry._kind, entry._known = name, base + name, kind, {}
        return entry

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        """Forget what was not given yet."""
        self._entries = iter(())


_Scan.__name__ = _Scan.__qualname__ = "ScandirIterator"


def scandir(path=None):
    """Return an iterator over what is in a folder, as DirEntry objects."""
    return _Scan("." if path is None else path)
