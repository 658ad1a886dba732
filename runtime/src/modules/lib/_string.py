"""Format strings taken apart, for `string.Formatter`."""


def formatter_parser(format_string, /):
    """Return an iterator over the parts: literal text, name of the field, format specification, conversion."""
    if not isinstance(format_string, str):
        raise TypeError(f"expected str, got {type(format_string).__name__}")
    return _parts(format_string)


def _parts(text):
    at = 0
    while at < len(text):
        literal, at, is_field = _literal(text, at)
        if not is_field:
            yield literal, None, None, None
            continue
        field, at = _field(text, at)
        yield literal, *field


def _literal(text, at):
    """The text until a brace that opens a field; two braces are one that was meant."""
    start = at
    while at < len(text) and text[at] not in "{}":
        at += 1
    if at == len(text):
        return text[start:], at, False
    brace, at = text[at], at + 1
    if text[at : at + 1] == brace:
        return text[start:at], at + 1, False
    if brace == "}" or at == len(text):
        raise ValueError(f"Single {brace!r} encountered in format string")
    return text[start : at - 1], at, True


def _field(text, at):
    """The field that begins behind a brace, and where it ends."""
    start, depth, brackets = at, 1, 0
    while at < len(text):
        letter = text[at]
        if letter == "[" and depth == 1 and ":" not in text[start:at]:
            at = text.find("]", at)
            if at < 0:
                break
        depth += (letter == "{") - (letter == "}")
        if not depth:
            return _split(text[start:at]), at + 1
        at += 1
    if text.endswith("!") and not set(text[start:]) & set("[{:"):
        raise ValueError("end of string while looking for conversion specifier")
    raise ValueError("expected '}' before end of string")


def _split(field):
    """Name, format specification and conversion of a field."""
    end, in_brackets = 0, False
    while end < len(field) and (in_brackets or field[end] not in "!:"):
        if field[end] == "{" and not in_brackets:
            raise ValueError("unexpected '{' in field name")
        in_brackets = field[end] == "[" or in_brackets and field[end] != "]"
        end += 1
    name, rest = field[:end], field[end:]
    conversion = None
    if rest.startswith("!"):
        if len(rest) < 2:
            raise ValueError("unmatched '{' in format spec")
        conversion, rest = rest[1], rest[2:]
        if rest and not rest.startswith(":"):
            raise ValueError("expected ':' after conversion specifier")
    return name, rest[1:], conversion


def formatter_field_name_split(field_name, /):
    """Return the first part of a field's name, and an iterator over the rest: whether it is an attribute, and its name."""
    if not isinstance(field_name, str):
        raise TypeError(f"expected str, got {type(field_name).__name__}")
    end = min((place for mark in ".[" if (place := field_name.find(mark)) >= 0), default=len(field_name))
    return _key(field_name[:end]), _rest(field_name[end:])


def _key(text):
    return int(text) if text.isdecimal() and text.isascii() else text


def _rest(text):
    while text:
        if text[0] == ".":
            end = min((place for mark in ".[" if (place := text.find(mark, 1)) >= 0), default=len(text))
            is_attribute, key, text = True, text[1:end], text[end:]
        elif text[0] == "[":
            end = text.find("]")
            if end < 0:
                raise ValueError("Missing ']' in format string")
            is_attribute, key, text = False, _key(text[1:end]), text[end + 1 :]
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
        if key == "":
            raise ValueError("Empty attribute in format string")
        yield is_attribute, key
