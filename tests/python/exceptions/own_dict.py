# An exception's attributes are in a dict of its own.
error = ValueError("x")
print(error.__dict__, "__dict__" in BaseException.__dict__, "__dict__" in dir(error))
error.a = 1
error.add_note("note")
print(error.__dict__, vars(error) is error.__dict__)
error.__dict__ = {"b": 2}
print(error.b, hasattr(error, "a"))
try:
    error.__dict__ = 5
except TypeError as wrong:
    print(wrong)


class Own(OSError):
    pass


own = Own(2, "x")
own.c = 3
print(own.__dict__, own.errno)
