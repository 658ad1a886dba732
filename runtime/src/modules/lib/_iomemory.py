"""Streams in memory."""

from _iobase import BufferedIOBase, TextIOBase, bytes_of, size_of
from _thread import RLock


class _Memory:
    """A place in a sequence that grows. `_empty` is what the sequence is made of."""

    _closed_message = "I/O operation on closed file"

    def __init__(self, initial):
        self._items, self._at, self._lock = self._empty, 0, RLock()
        self._put(initial)
        self._at = 0

    def _put(self, data):
        """Writes at the place, behind a gap if that lies beyond the end."""
        gap = self._pad * (self._at - len(self._items))
        end = self._at + len(data)
        self._items = self._items[: self._at] + gap + data + self._items[end:]
        self._at = end

    def getvalue(self):
        with self._lock:
            self._check_open()
            return self._items

    def readable(self):
        self._check_open()
        return True

    writable = seekable = readable

    def tell(self):
        self._check_open()
        return self._at

    def read(self, size=-1, /):
        size = size_of(size)
        with self._lock:
            self._check_open()
            end = len(self._items) if size < 0 else self._at + size
            data = self._items[self._at : end]
            self._at += len(data)
            return data

    def readline(self, size=-1, /):
        size = size_of(size)
        with self._lock:
            self._check_open()
            end = self._line_end()
            return self.read(end - self._at if size < 0 else min(size, end - self._at))

    def _line_end(self):
        end = self._items.find(self._newline, self._at)
        return max(len(self._items), self._at) if end < 0 else end + len(self._newline)

    def truncate(self, pos=None, /):
        with self._lock:
            self._check_open()
            pos = self._at if pos is None else size_of(pos)
            if pos < 0:
                raise ValueError(f"negative size value {pos}")
            self._items = self._items[:pos]
            return pos

    def close(self):
        self._shut = True
        self._items = self._empty


class BytesIO(_Memory, BufferedIOBase):
    """Bytes in memory."""

    __module__ = "_io"
    _empty, _pad, _newline = b"", b"\0", b"\n"

    def __init__(self, initial_bytes=b""):
        super().__init__(b"" if initial_bytes is None else bytes_of(initial_bytes))

    def write(self, data, /):
        with self._lock:
            self._check_open()
            data = bytes_of(data)
            self._put(data)
            return len(data)

    def getbuffer(self):
        return memoryview(bytearray(self.getvalue()))

    def seek(self, pos, whence=0, /):
        with self._lock:
            self._check_open()
            if whence not in (0, 1, 2):
                raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
            if whence == 0 and pos < 0:
                raise ValueError(f"negative seek value {pos}")
            self._at = max(0, (0, self._at, len(self._items))[whence] + pos)
            return self._at


class StringIO(_Memory, TextIOBase):
    """Text in memory."""

    __module__ = "_io"
    _empty, _pad, _newline = "", "\0", "\n"
    line_buffering = False

    def __init__(self, initial_value="", newline="\n"):
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline!r}")
        if not isinstance(initial_value, (str, type(None))):
            kind = type(initial_value).__name__
            raise TypeError(f"initial_value must be str or None, not {kind}")
        self._given = newline
        self._newline = newline or "\n"
        super().__init__(self._translated(initial_value or ""))

    def _translated(self, text):
        if self._given is None:
            return text.replace("\r\n", "\n").replace("\r", "\n")
        return text.replace("\n", self._newline) if self._given in ("\r", "\r\n") else text

    def write(self, text, /):
        if not isinstance(text, str):
            raise TypeError(f"string argument expected, got {type(text).__name__!r}")
        with self._lock:
            self._check_open()
            self._put(self._translated(text))
            return len(text)

    def seek(self, pos, whence=0, /):
        with self._lock:
            self._check_open()
            if whence not in (0, 1, 2):
                raise ValueError(f"Invalid whence ({whence}, should be 0, 1 or 2)")
            if whence == 0 and pos < 0:
                raise ValueError(f"Negative seek position {pos}")
            if whence and pos:
                raise OSError("Can't do nonzero cur-relative seeks")
            self._at = (pos, self._at, len(self._items))[whence]
            return self._at
