"""Codecs: which there are, and those of the interpreter as functions, for `codecs`."""

_searches, _found, _handlers = [], {}, {}


def register(search_function, /):
    """Add a function that finds codecs by their names."""
    if not callable(search_function):
        raise TypeError("argument must be callable")
    _searches.append(search_function)


def unregister(search_function, /):
    """Take a function away that finds codecs, and forget what was found."""
    if search_function in _searches:
        _searches.remove(search_function)
        _found.clear()


def lookup(encoding, /):
    """Return what is known of an encoding, as a CodecInfo."""
    name = encoding.lower().replace(" ", "_")
    if name in _found:
        return _found[name]
    if not _searches:
        import encodings
    for search in list(_searches):
        info = search(name)
        if info is None:
            continue
        if not isinstance(info, tuple) or len(info) != 4:
            raise TypeError("codec search functions must return 4-tuples")
        return _found.setdefault(name, info)
    raise LookupError(f"unknown encoding: {encoding}")


def encode(obj, encoding="utf-8", errors="strict"):
    """Encode by the codec of that name."""
    return lookup(encoding)[0](obj, errors)[0]


def decode(obj, encoding="utf-8", errors="strict"):
    """Decode by the codec of that name."""
    return lookup(encoding)[1](obj, errors)[0]


def register_error(errors, handler, /):
    """Name a function that decides what stands for text that an encoding has no place for."""
    if not callable(handler):
        raise TypeError("handler must be callable")
    _handlers[errors] = handler


def lookup_error(name, /):
    """Return the function of that name."""
    try:
        return _handlers[name]
    except KeyError:
        raise LookupError(f"unknown error handler name '{name}'") from None


def _strict(error, /):
    raise error


def _bad(error):
    """The text or the bytes that an error is about."""
    return error.object[error.start : error.end]


def _ignore(error, /):
    return "", error.end


def _replace(error, /):
    count = error.end - error.start if not isinstance(error, UnicodeDecodeError) else 1
    return ("?" if isinstance(error, UnicodeEncodeError) else "\ufffd") * count, error.end


def _xmlcharrefreplace(error, /):
    return "".join(f"&#{ord(letter)};" for letter in _bad(error)), error.end


def _backslashreplace(error, /):
    if isinstance(error, UnicodeDecodeError):
        return "".join(f"\\x{byte:02x}" for byte in _bad(error)), error.end
    return _bad(error).encode("ascii", "backslashreplace").decode("ascii"), error.end


def _namereplace(error, /):
    return _bad(error).encode("ascii", "namereplace").decode("ascii"), error.end


for _handler in (_strict, _ignore, _replace, _xmlcharrefreplace, _backslashreplace, _namereplace):
    _handlers[_handler.__name__[1:]] = _handler


def _coder(encoding):
    def encode(str, errors=None, /):
        return str.encode(encoding, errors or "strict"), len(str)

    def decode(data, errors=None, final=True, /):
        data = bytes(data)
        end = len(data) if final else _whole(encoding, data)
        return data[:end].decode(encoding, errors or "strict"), end

    # Classes of encodings have these as attributes, where a plain function would become a method.
    return staticmethod(encode), staticmethod(decode)


def _whole(encoding, data):
    """Where the last character ends that is there as a whole."""
    if encoding.startswith("utf-16"):
        end = len(data) & ~1
        high = data[end - 1] if encoding == "utf-16-le" else data[end - 2] if end else 0
        return end - 2 if end and 0xD8 <= high < 0xDC else end
    if encoding.startswith("utf-32"):
        return len(data) & ~3
    if encoding != "utf-8":
        return len(data)
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte >= 0xC0:
            needs = 2 + (byte >= 0xE0) + (byte >= 0xF0)
            return len(data) - back if byte < 0xF5 and needs > back else len(data)
        if byte < 0x80:
            break
    return len(data)


utf_8_encode, utf_8_decode = _coder("utf-8")
ascii_encode, ascii_decode = _coder("ascii")
latin_1_encode, latin_1_decode = _coder("latin-1")
utf_16_le_encode, utf_16_le_decode = _coder("utf-16-le")
utf_16_be_encode, utf_16_be_decode = _coder("utf-16-be")
utf_32_le_encode, utf_32_le_decode = _coder("utf-32-le")
utf_32_be_encode, utf_32_be_decode = _coder("utf-32-be")
