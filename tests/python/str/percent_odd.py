# Percent formats with a value by name and a star, and with numbers that are no characters.
for format, values in (
    ("%(k)*d", {"k": 5}),
    ("%(k).*f", {"k": 1}),
    ("%(k)*d", {"k": "x"}),
    ("%(k)s %s", {"k": 1}),
    ("%(k)s %(k)r", {"k": "a"}),
    ("%c", 2**70),
    ("%c", -1),
    ("%c", 0x10FFFF),
    ("%*d|%-*d|", (5, 1, 4, 2)),
    ("%.*f", (2, 3.14159)),
    ("%*d", ("a", 1)),
):
    for form in (format, format.encode()):
        given = {name.encode(): value for name, value in values.items()} if isinstance(values, dict) and form is not format else values
        try:
            print(repr(form), ascii(form % given))
        except (TypeError, OverflowError, ValueError) as error:
            print(repr(form), type(error).__name__, error)
