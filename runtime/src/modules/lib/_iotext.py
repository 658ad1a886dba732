"""Text over bytes, and `open`."""

import sys
from _iobase import DEFAULT_BUFFER_SIZE, BufferedIOBase, TextIOBase, UnsupportedOperation, size_of
from _iobuffer import BufferedRandom, BufferedReader, BufferedWriter, FileIO
from _thread import RLock


def text_encoding(encoding, stacklevel=2, /):
    """The name of an encoding that need not be given."""
    return "utf-8" if encoding is None else encoding


def _name_of(encoding):
    """An encoding's name, if there is such an encoding."""
    if encoding in (None, "locale"):
        return "UTF-8" if encoding is None else "utf-8"
    if not isinstance(encoding, str):
        kind = type(encoding).__name__
        raise TypeError(f"TextIOWrapper() argument 'encoding' must be str or None, not {kind}")
    "".encode(encoding)
    return encoding


class TextIOWrapper(TextIOBase):
    """Text over a stream of bytes. What was read ahead waits as text whose line ends are still those of the file."""

    __module__ = "_io"
    _iterating = False

    def __init__(
        self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False
    ):
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline}")
        self.encoding = _name_of(encoding)
        self.errors = errors or "strict"
        self.line_buffering, self.write_through = line_buffering, write_through
        self._newline, self._lock = newline, RLock()
        self._text, self._rest, self._ended, self._seen = "", b"", False, set()
        self.buffer = buffer

    def __repr__(self):
        name, mode = getattr(self, "name", None), getattr(self, "mode", None)
        shown = "" if name is None else f" name={name!r}"
        shown += "" if mode is None else f" mode={mode!r}"
        return f"<_io.TextIOWrapper{shown} encoding={self.encoding!r}>"

    @property
    def name(self):
        return self.buffer.name

    @property
    def closed(self):
        return self.buffer.closed

    @property
    def newlines(self):
        seen = tuple(end for end in ("\r", "\n", "\r\n") if end in self._seen)
        return seen if len(seen) > 1 else seen[0] if seen else None

    def fileno(self):
        return self.buffer.fileno()

    def isatty(self):
        return self.buffer.isatty()

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def seekable(self):
        return self.buffer.seekable()

    def reconfigure(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None):
        with self._lock:
            self.flush()
            self.encoding = self.encoding if encoding is None else _name_of(encoding)
            self.errors = errors or self.errors
            self._newline = self._newline if newline is None else newline
            if line_buffering is not None:
                self.line_buffering = line_buffering
            if write_through is not None:
                self.write_through = write_through

    def flush(self):
        with self._lock:
            self.buffer.flush()

    def close(self):
        with self._lock:
            if self.buffer is not None and not self.buffer.closed:
                try:
                    self.flush()
                finally:
                    self.buffer.close()

    def detach(self):
        if self.buffer is None:
            raise ValueError("underlying buffer has been detached")
        self.flush()
        buffer, self.buffer = self.buffer, None
        return buffer

    def write(self, text, /):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        with self._lock:
            self._check_open()
            if not self.buffer.writable():
                raise UnsupportedOperation("not writable")
            out = text if self._newline in ("", "\n", None) else text.replace("\n", self._newline)
            self._leave_reading()
            self.buffer.write(out.encode(self.encoding, self.errors))
            if self.write_through or self.line_buffering and ("\n" in text or "\r" in text):
                self.flush()
            return len(text)

    def _leave_reading(self):
        if self._text or self._rest:
            self.buffer.seek(self.tell())
            self._text, self._rest = "", b""

    def _fill(self):
        """Decodes the next piece behind the text that waits; says whether the file goes on."""
        data = self.buffer.read1(DEFAULT_BUFFER_SIZE)
        self._ended = not data
        data = self._rest + data
        self._rest = b""
        try:
            text = data.decode(self.encoding, self.errors)
        except UnicodeDecodeError as error:
            if self._ended or error.end < len(data) or error.start < len(data) - 4:
                raise
            text, self._rest = data[: error.start].decode(self.encoding, self.errors), data[error.start :]
        self._keep(text)
        return not self._ended

    def _keep(self, text):
        """Puts text behind what waits, and notes what its lines end with."""
        self._text += text
        if self._newline in (None, ""):
            text = self._text if self._ended else self._text.removesuffix("\r")
            rest = text.replace("\r\n", "")
            kinds = (("\r\n", text), ("\n", rest), ("\r", rest))
            self._seen.update(end for end, part in kinds if end in part)

    def _line(self):
        """The length of the next line with its end, and of that end; nothing while it is not known."""
        ends = {None: ("\r\n", "\n", "\r"), "": ("\r\n", "\n", "\r")}.get(self._newline, (self._newline,))
        found = [(self._text.find(end), -len(end), end) for end in ends if end in self._text]
        if not found:
            return None
        place, _, end = min(found)
        if end == "\r" and place + 1 == len(self._text) and len(ends) > 1 and not self._ended:
            return None
        return place + len(end), end

    def _shown(self, text):
        """The text as the program sees it."""
        if self._newline is not None or "\r" not in text:
            return text
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _take(self, length):
        taken, self._text = self._text[:length], self._text[length:]
        return self._shown(taken)

    def _begin_reading(self):
        self._check_open()
        if not self.buffer.readable():
            raise UnsupportedOperation("not readable")

    def readline(self, size=-1, /):
        size = size_of(size)
        with self._lock:
            self._begin_reading()
            line = self._line()
            while line is None and (size < 0 or len(self._text) < size):
                going = self._fill()
                line = self._line()
                if not going:
                    break
            length = line[0] if line else len(self._text)
            return self._take(length if size < 0 else min(length, size))

    def read(self, size=-1, /):
        size = size_of(size)
        with self._lock:
            self._begin_reading()
            if size < 0:
                rest = self._rest + self.buffer.read()
                self._rest = b""
                self._ended = True
                self._keep(rest.decode(self.encoding, self.errors))
                return self._take(len(self._text))
            got = ""
            while len(got) < size:
                short = size - len(got)
                if len(self._text) <= short and self._fill():
                    continue
                cut = short + (self._newline is None and self._text[short - 1 : short + 1] == "\r\n")
                taken = self._take(cut)
                if not taken:
                    break
                got += taken
            return got

    def tell(self):
        with self._lock:
            self._check_open()
            if not self.buffer.seekable():
                raise UnsupportedOperation("underlying stream is not seekable")
            if self._iterating and not self._ended:
                raise OSError("telling position disabled by next() call")
            self.flush()
            ahead = len(self._text.encode(self.encoding, self.errors)) + len(self._rest)
            return self.buffer.tell() - ahead

    def __next__(self):
        self._iterating = True
        return super().__next__()

    def seek(self, cookie, whence=0, /):
        with self._lock:
            self._check_open()
            self._iterating = False
            if not self.buffer.seekable():
                raise UnsupportedOperation("underlying stream is not seekable")
            if whence == 1 and cookie != 0:
                raise UnsupportedOperation("can't do nonzero cur-relative seeks")
            if whence == 2 and cookie != 0:
                raise UnsupportedOperation("can't do nonzero end-relative seeks")
            if whence == 0 and cookie < 0:
                raise ValueError(f"negative seek position {cookie}")
            place = self.tell() if whence == 1 else cookie
            self.flush()
            self._text, self._rest, self._ended = "", b"", False
            return self.buffer.seek(place, 2 if whence == 2 else 0)

    def truncate(self, pos=None, /):
        with self._lock:
            self.flush()
            return self.buffer.truncate(self.tell() if pos is None else pos)


TextIOWrapper.register(type(sys.stdout))


class StandardBuffer(BufferedIOBase):
    """The bytes below a standard stream."""

    def __init__(self, stream):
        self._stream, self.name, self.mode = stream, stream.name, stream.mode + "b"

    def write(self, data, /):
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        return self._stream._write_bytes(bytes(data))

    def read(self, size=-1, /):
        return self._stream._read_bytes(size_of(size))

    def flush(self):
        self._stream.flush()

    def close(self):
        self._stream.close()

    def __del__(self):
        pass

    @property
    def closed(self):
        return self._stream.closed

    def fileno(self):
        return self._stream.fileno()

    def isatty(self):
        return self._stream.isatty()

    def readable(self):
        return self._stream.readable()

    def writable(self):
        return self._stream.writable()


def _check_mode(mode, encoding, errors, newline):
    if not isinstance(mode, str):
        raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
    if set(mode) - set("axrwb+t") or len(mode) > len(set(mode)):
        raise ValueError(f"invalid mode: {mode!r}")
    if "t" in mode and "b" in mode:
        raise ValueError("can't have text and binary mode at once")
    kinds = sum(mode.count(kind) for kind in "axrw")
    if not kinds:
        raise ValueError(
            "Must have exactly one of create/read/write/append mode and at most one plus"
        )
    if kinds > 1:
        raise ValueError("must have exactly one of create/read/write/append mode")
    if "b" in mode:
        for name, value in (("encoding", encoding), ("errors", errors), ("newline", newline)):
            if value is not None:
                article = "an" if name[0] == "e" else "a"
                raise ValueError(f"binary mode doesn't take {article} {name} argument")


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """Open a file of the system, for text or, with `b` in the mode, for bytes."""
    if not isinstance(file, (str, bytes, int)):
        kind = type(file).__name__
        if getattr(type(file), "__fspath__", None) is None:
            raise TypeError(f"expected str, bytes or os.PathLike object, not {kind}")
        file = type(file).__fspath__(file)
        if not isinstance(file, (str, bytes)):
            given = type(file).__name__
            raise TypeError(f"expected {kind}.__fspath__() to return str or bytes, not {given}")
    _check_mode(mode, encoding, errors, newline)
    raw = FileIO(file, mode.replace("b", "").replace("t", ""), closefd, opener)
    try:
        return _over(raw, mode, buffering, encoding, errors, newline)
    except BaseException:
        raw.close()
        raise


def _over(raw, mode, buffering, encoding, errors, newline):
    lines = buffering == 1 and "b" not in mode or buffering < 0 and raw.isatty()
    if buffering == 0:
        if "b" not in mode:
            raise ValueError("can't have unbuffered text I/O")
        return raw
    kind = BufferedRandom if "+" in mode else BufferedReader if "r" in mode else BufferedWriter
    buffer = kind(raw, buffering if buffering > 1 else DEFAULT_BUFFER_SIZE)
    if "b" in mode:
        return buffer
    text = TextIOWrapper(buffer, encoding, errors, newline, lines)
    text.mode = mode
    return text


def open_code(path):
    """Open a file for bytes."""
    return open(path, "rb")
