# An exception of two bases: one of them may have fields of its own, not both.
class Both(OSError, ValueError):
    pass


error = Both(2, "words", "file")
print(Both.__base__.__name__, error.errno, error.filename, error)
try:
    raise error
except ValueError as caught:
    print(type(caught).__name__, isinstance(caught, OSError))
for bases in ((ImportError, OSError), (StopIteration, SystemExit), (KeyError, IndexError), (SyntaxError, OSError)):
    try:
        print(type("New", bases, {}).__mro__[1:3])
    except TypeError as error:
        print(error)
