"""Format strings taken apart by `_string`, for `string.Formatter`."""

import _string

for text in ("plain", "a{0}b", "{name!r:>{width}}", "{{}}", "{a.b[c].d[0]}", "{}", "x{y:%H:%M}z", "{a[:!}]}", "{0!s}"):
    print(text, list(_string.formatter_parser(text)))
for text in ("{", "}", "a{0", "{0!}", "{0!", "{0!rx}", "{a{b}}"):
    try:
        print(list(_string.formatter_parser(text)))
    except ValueError as error:
        print(text, error)
for name in ("0.a", "abc[1][x].y", "", "a", "10", "-1"):
    first, rest = _string.formatter_field_name_split(name)
    print(repr(first), list(rest))
for name in ("a[", "a[x]y", "a.", "a[]"):
    try:
        print(list(_string.formatter_field_name_split(name)[1]))
    except ValueError as error:
        print(name, error)
