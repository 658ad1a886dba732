"""Files of the system, and buffers over them."""

from _io import open_file as _open_file
from _io import take_file as _take_file
from _iobase import DEFAULT_BUFFER_SIZE, BufferedIOBase, RawIOBase, UnsupportedOperation, size_of
from _thread import RLock

# What the system calls the modes.
_FLAGS = {"r": 0, "w": 0o1101, "a": 0o2101, "x": 0o301, "r+": 2, "w+": 0o1102, "a+": 0o2102, "x+": 0o302}


class FileIO(RawIOBase):
    """A file of the system, without a buffer."""

    __module__ = "_io"

    def __init__(self, file, mode="r", closefd=True, opener=None):
        self._file, self.name, self.closefd = None, file, closefd
        kind = mode.replace("b", "")
        if kind not in ("r", "w", "a", "x", "r+", "w+", "a+", "x+"):
            raise ValueError(f"invalid mode: {mode!r}")
        self.mode = {"r+": "rb+", "w+": "rb+", "a+": "ab+", "x+": "xb+"}.get(kind, kind + "b")
        self._reads, self._writes = kind[0] == "r" or "+" in kind, kind != "r"
        if opener is not None:
            self._file = _take_file(opener(file, _FLAGS[kind]), True)
        elif isinstance(file, int):
            if file < 0:
                raise ValueError("negative file descriptor")
            self._file = _take_file(file, bool(closefd))
        elif not closefd:
            raise ValueError("Cannot use closefd=False with file name")
        else:
            self._file = _open_file(file, kind)

    def __repr__(self):
        if self.closed:
            return "<_io.FileIO [closed]>"
        return f"<_io.FileIO name={self.name!r} mode={self.mode!r} closefd={self.closefd}>"

    @property
    def closed(self):
        return self._file is None or self._file.closed

    def close(self):
        if self._file is not None:
            self._file.close()

    def fileno(self):
        self._check_open()
        return self._file.fileno()

    def isatty(self):
        self._check_open()
        return self._file.isatty()

    def readable(self):
        self._check_open()
        return self._reads

    def writable(self):
        self._check_open()
        return self._writes

    def seekable(self):
        self._check_open()
        return self._file.seekable()

    def read(self, size=-1, /):
        self._check_can("readable")
        return self._file.read(size_of(size))

    def readall(self):
        return self.read()

    def write(self, data, /):
        self._check_can("writable")
        return self._file.write(data)

    def seek(self, pos, whence=0, /):
        self._check_open()
        return self._file.seek(pos, whence)

    def truncate(self, size=None, /):
        self._check_can("writable")
        return self._file.truncate(self.tell() if size is None else size)


class _Buffered(BufferedIOBase):
    """A buffer over a raw stream: bytes that were read ahead, or that wait to be written. Never both."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if buffer_size <= 0:
            raise ValueError("invalid buffer size")
        self._limit = buffer_size
        self._ahead, self._at, self._behind = b"", 0, bytearray()
        self._lock = RLock()
        self.raw = raw

    @property
    def closed(self):
        return self.raw.closed

    @property
    def name(self):
        return self.raw.name

    @property
    def mode(self):
        return self.raw.mode

    def __repr__(self):
        name = getattr(self.raw, "name", None)
        shown = "" if name is None else f" name={name!r}"
        return f"<_io.{type(self).__name__}{shown}>"

    def fileno(self):
        return self.raw.fileno()

    def isatty(self):
        return self.raw.isatty()

    def seekable(self):
        return self.raw.seekable()

    def flush(self):
        with self._lock:
            self._check_open()
            while self._behind:
                del self._behind[: self.raw.write(self._behind)]

    def close(self):
        with self._lock:
            if not self.raw.closed:
                try:
                    self.flush()
                finally:
                    self.raw.close()

    def detach(self):
        self.flush()
        raw, self.raw = self.raw, None
        return raw

    def tell(self):
        with self._lock:
            return self.raw.tell() - (len(self._ahead) - self._at) + len(self._behind)

    def seek(self, pos, whence=0, /):
        with self._lock:
            self.flush()
            if whence == 1:
                pos, whence = pos + self.tell(), 0
            self._ahead, self._at = b"", 0
            return self.raw.seek(pos, whence)

    def truncate(self, pos=None, /):
        with self._lock:
            self._check_can("writable")
            self.flush()
            return self.raw.truncate(self.tell() if pos is None else pos)

    def _fill(self):
        """Reads the next piece behind what is left; says whether there was one."""
        more = self.raw.read(self._limit)
        if more:
            self._ahead, self._at = self._ahead[self._at :] + more, 0
        return bool(more)

    def _take(self, size):
        data = self._ahead[self._at : self._at + size]
        self._at += len(data)
        return data

    def read(self, size=-1, /):
        size = size_of(size)
        with self._lock:
            self._check_can("readable")
            self.flush()
            if size < 0:
                data = self._take(len(self._ahead))
                whole = getattr(self.raw, "readall", self.raw.read)
                return data + (whole() or b"")
            while len(self._ahead) - self._at < size and self._fill():
                pass
            return self._take(size)

    def read1(self, size=-1, /):
        with self._lock:
            self._check_can("readable")
            if self._at == len(self._ahead):
                self._fill()
            return self._take(len(self._ahead) if size < 0 else size)

    def peek(self, size=0, /):
        with self._lock:
            self._check_can("readable")
            if self._at == len(self._ahead):
                self._fill()
            return self._ahead[self._at :]

    def readline(self, size=-1, /):
        size = size_of(size)
        with self._lock:
            self._check_can("readable")
            self.flush()
            end = self._ahead.find(b"\n", self._at)
            while end < 0 and (size < 0 or len(self._ahead) - self._at < size):
                known = len(self._ahead) - self._at
                if not self._fill():
                    end = len(self._ahead) - 1
                    break
                end = self._ahead.find(b"\n", known)
            length = (end if end >= 0 else len(self._ahead) - 1) + 1 - self._at
            return self._take(length if size < 0 else min(size, length))

    def write(self, data, /):
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        with self._lock:
            self._check_can("writable")
            if self._at < len(self._ahead):
                self.raw.seek(self._at - len(self._ahead), 1)
            self._ahead, self._at = b"", 0
            length = memoryview(data).nbytes
            self._behind += data
            if len(self._behind) >= self._limit:
                self.flush()
            return length


class BufferedReader(_Buffered):
    """A buffer over a raw stream that is read."""

    __module__ = "_io"

    def readable(self):
        return self.raw.readable()

    def write(self, data, /):
        raise UnsupportedOperation("write")

    def truncate(self, pos=None, /):
        raise UnsupportedOperation("truncate")


class BufferedWriter(_Buffered):
    """A buffer over a raw stream that is written."""

    __module__ = "_io"

    def writable(self):
        return self.raw.writable()

    def _no_read(self, size=-1, /):
        raise UnsupportedOperation("read")

    read = readline = peek = read1 = _no_read


class BufferedRandom(_Buffered):
    """A buffer over a raw stream that is read and written."""

    __module__ = "_io"

    def readable(self):
        return self.raw.readable()

    def writable(self):
        return self.raw.writable()
