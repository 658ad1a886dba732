"""Files and streams."""

from _iobase import (
    DEFAULT_BUFFER_SIZE,
    BufferedIOBase,
    IOBase,
    RawIOBase,
    TextIOBase,
    UnsupportedOperation,
)
from _iobuffer import BufferedRandom, BufferedReader, BufferedWriter, FileIO
from _iomemory import BytesIO, StringIO
from _iotext import TextIOWrapper, open_code, text_encoding
from builtins import open

BlockingIOError = BlockingIOError
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
