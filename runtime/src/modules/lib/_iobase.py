"""What all streams of `io` have in common."""

import abc

DEFAULT_BUFFER_SIZE = 131072


class UnsupportedOperation(OSError, ValueError):
    """What a stream of this kind does not do."""

    __module__ = "io"


class IOBase(metaclass=abc.ABCMeta):
    """What all streams have: they close, say what they can do, and give lines."""

    _shut = False
    _closed_message = "I/O operation on closed file."

    def _unsupported(self, name):
        raise UnsupportedOperation(name)

    def seek(self, pos, whence=0, /):
        self._unsupported("seek")

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, pos=None, /):
        self._unsupported("truncate")

    def fileno(self):
        self._unsupported("fileno")

    def flush(self):
        self._check_open()

    def close(self):
        if not self._shut:
            try:
                self.flush()
            finally:
                self._shut = True

    @property
    def closed(self):
        return self._shut

    def _check_open(self):
        if self.closed:
            raise ValueError(self._closed_message)

    def _check_can(self, what):
        self._check_open()
        if not getattr(self, what)():
            raise UnsupportedOperation(f"File or stream is not {what}.")

    def readable(self):
        self._check_open()
        return False

    def writable(self):
        self._check_open()
        return False

    def seekable(self):
        self._check_open()
        return False

    def isatty(self):
        self._check_open()
        return False

    def readline(self, size=-1, /):
        size = size_of(size)
        line = bytearray()
        while size < 0 or len(line) < size:
            one = self.read(1)
            if not one:
                break
            line += one
            if one == b"\n":
                break
        return bytes(line)

    def readlines(self, hint=None, /):
        lines, length = [], 0
        for line in self:
            lines.append(line)
            length += len(line)
            if hint is not None and 0 < hint <= length:
                break
        return lines

    def writelines(self, lines, /):
        self._check_open()
        for line in lines:
            self.write(line)

    def __iter__(self):
        self._check_open()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __enter__(self):
        self._check_open()
        return self

    def __exit__(self, *error):
        self.close()

    def __del__(self):
        try:
            closed = self.closed
        except AttributeError:
            # It was never made to the end.
            return
        if not closed:
            self.close()


class RawIOBase(IOBase):
    """Bytes without a buffer."""

    def readall(self):
        return b"".join(iter(lambda: self.read(DEFAULT_BUFFER_SIZE), b""))

    def readinto(self, target, /):
        view = memoryview(target).cast("B")
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)


class BufferedIOBase(IOBase):
    """Bytes with a buffer, or in memory."""

    readinto = readinto1 = RawIOBase.readinto

    def read1(self, size=-1, /):
        return self.read(size)

    def detach(self):
        self._unsupported("detach")


class TextIOBase(IOBase):
    """Text."""

    encoding = errors = newlines = None

    def detach(self):
        self._unsupported("detach")


def size_of(size):
    """How much to read; below zero: everything."""
    if size is None:
        return -1
    if not hasattr(size, "__index__"):
        raise TypeError(f"argument should be integer or None, not '{type(size).__name__}'")
    return size.__index__()


def bytes_of(data):
    """The bytes of what has some, at this moment."""
    try:
        return bytes(memoryview(data))
    except TypeError:
        kind = type(data).__name__
        raise TypeError(f"a bytes-like object is required, not '{kind}'") from None
