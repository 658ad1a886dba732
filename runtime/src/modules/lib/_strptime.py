"""Dates from text, for `time.strptime`."""

import time

_DAYS = [time.strftime("%A", (2024, 1, day, 0, 0, 0, day - 1, day, 0)).lower() for day in range(1, 8)]
_MONTHS = [time.strftime("%B", (2024, month, 1, 0, 0, 0, 0, 1, 0)).lower() for month in range(1, 13)]
_WHOLE = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S"}
# For each number: how many digits it has at most, its least value, and its greatest.
_NUMBERS = {
    "d": (2, 1, 31),
    "H": (2, 0, 23),
    "I": (2, 1, 12),
    "j": (3, 1, 366),
    "m": (2, 1, 12),
    "M": (2, 0, 59),
    "S": (2, 0, 61),
    "U": (2, 0, 53),
    "W": (2, 0, 53),
    "w": (1, 0, 6),
    "u": (1, 1, 7),
    "y": (2, 0, 99),
    "f": (6, 0, 999999),
}


class _Unlike(Exception):
    """The text does not have the form."""


def _number(text, at, most, low, high):
    """The longest number in range, and where it ends."""
    for length in range(most, 0, -1):
        digits = text[at : at + length]
        if len(digits) == length and digits.isdecimal() and low <= int(digits) <= high:
            return int(digits), at + length
    raise _Unlike


def _name(text, at, names, length=None):
    """Which of some names stands there, and where it ends."""
    for index, name in sorted(enumerate(names), key=lambda pair: -len(pair[1])):
        name = name[:length]
        if name and text[at : at + len(name)].lower() == name:
            return index, at + len(name)
    raise _Unlike


def _offset(text, at):
    if text[at : at + 1] == "Z":
        return at + 1
    sign = text[at : at + 1]
    if sign not in ("+", "-") or not sign:
        raise _Unlike
    _, at = _number(text, at + 1, 2, 0, 23)
    at += text[at : at + 1] == ":"
    return _number(text, at, 2, 0, 59)[1]


def _one(directive, text, at, found):
    """Reads what one directive stands for."""
    if directive in _NUMBERS:
        found[directive], at = _number(text, at, *_NUMBERS[directive])
    elif directive == "Y":
        digits = text[at : at + 4]
        if len(digits) < 4 or not digits.isdecimal():
            raise _Unlike
        found["Y"], at = int(digits), at + 4
    elif directive in "aA":
        found["weekday"], at = _name(text, at, _DAYS, 3 if directive == "a" else None)
    elif directive in "bB":
        month, at = _name(text, at, _MONTHS, None if directive == "B" else 3)
        found["m"] = month + 1
    elif directive == "p":
        found["p"], at = _name(text, at, ["am", "pm"])
    elif directive == "z":
        at = _offset(text, at)
    elif directive == "Z":
        zones = ["utc", "gmt", *(name.lower() for name in time.tzname)]
        zone, at = _name(text, at, zones)
        found["dst"] = int(zone > 2) if time.daylight else 0
    elif directive == "%":
        if text[at : at + 1] != "%":
            raise _Unlike
        at += 1
    return at


def _check(format):
    """Directives are refused before the text is looked at."""
    places = iter(range(len(format)))
    for place in places:
        if format[place] != "%":
            continue
        directive = format[place + 1 : place + 2]
        if not directive:
            raise ValueError(f"stray % in format '{format}'")
        if directive not in _WHOLE and directive not in _NUMBERS and directive not in "YaAbBpzZ%":
            raise ValueError(f"'{directive}' is a bad directive in format '{format}'")
        next(places)


def _read(text, format, found):
    at, place = 0, 0
    while place < len(format):
        letter = format[place]
        place += 1
        if letter == "%":
            at = _one(format[place], text, at, found)
            place += 1
        elif letter.isspace():
            rest = text[at:].lstrip()
            if len(rest) == len(text) - at:
                raise _Unlike
            at = len(text) - len(rest)
        elif text[at : at + 1].lower() == letter.lower():
            at += 1
        else:
            raise _Unlike
    return at


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days(year, month, day):
    """The number of a date; that of the first of January of the year 1 is 1."""
    before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1]
    before += month > 2 and _is_leap(year)
    past = year - 1
    return past * 365 + past // 4 - past // 100 + past // 400 + before + day


def _of_day(year, number):
    """Month and day of the day with a number in the year."""
    for month in range(12, 0, -1):
        first = _days(year, month, 1) - _days(year, 1, 1) + 1
        if number >= first:
            return month, number - first + 1


def _year(found):
    if "Y" in found:
        return found["Y"]
    if "y" in found:
        return found["y"] + (2000 if found["y"] < 69 else 1900)
    return 1904 if (found.get("m"), found.get("d")) == (2, 29) else 1900


def _hour(found):
    if "I" not in found:
        return found.get("H", 0)
    return found["I"] % 12 + 12 * found.get("p", 0)


def _weekday(found):
    if "w" in found:
        return (found["w"] + 6) % 7
    return found["u"] - 1 if "u" in found else found.get("weekday")


def parse(text, format):
    """The nine numbers of a date that is written as a format says."""
    for name, value in (("0", text), ("1", format)):
        if not isinstance(value, str):
            kind = type(value)
            raise TypeError(f"strptime() argument {name} must be str, not {kind}")
    wide = format
    for directive, meaning in _WHOLE.items():
        wide = wide.replace("%" + directive, meaning)
    _check(wide)
    found = {}
    try:
        end = _read(text, wide, found)
    except _Unlike:
        raise ValueError(f"time data {text!r} does not match format {format!r}") from None
    if end < len(text):
        raise ValueError(f"unconverted data remains: {text[end:]}")
    year, month, day = _year(found), found.get("m", 1), found.get("d", 1)
    number, weekday = found.get("j"), _weekday(found)
    week = found.get("U", found.get("W"))
    if number is None and week is not None and weekday is not None:
        first = (_days(year, 1, 1) + 6) % 7
        shift = 1 if "U" in found else 0
        start = (7 - (first + shift) % 7) % 7
        number = week * 7 - 7 + start + (weekday + shift) % 7 + 1
    if number is not None:
        if number > 365 and not _is_leap(year):
            year, number = year + 1, 1
        month, day = _of_day(year, number)
    if number is None or "j" not in found:
        number = _days(year, month, day) - _days(year, 1, 1) + 1
    if weekday is None:
        weekday = (_days(year, month, day) + 6) % 7
    if day > 28 and _of_day(year, number) != (month, day):
        raise ValueError("day is out of range for month")
    shown = 1900 if year == 1904 and "Y" not in found and "y" not in found else year
    parts = (shown, month, day, _hour(found), found.get("M", 0), found.get("S", 0), weekday, number)
    return parts + (found.get("dst", -1),)
