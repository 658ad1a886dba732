"""What led to an exception is left out where it is shown anyway, be it elsewhere in a group."""


def made(error, cause):
    error.__cause__ = cause
    return error


first = ValueError("first")
first.add_note("with a note")
second = made(TypeError("second"), first)
third = made(KeyError("third"), OSError("only here"))
inner = ExceptionGroup("inner", [third, second])
raise ExceptionGroup("outer", [first, inner, third]) from made(IndexError("cause"), first)
