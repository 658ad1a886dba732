try:
    try:
        raise KeyError("first")
    except KeyError as error:
        raise ValueError("second") from error
except ValueError as error:
    print(repr(error.__cause__), repr(error.__context__), error.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        undefined
except NameError as error:
    print(repr(error.__context__), error.__cause__, error.__suppress_context__)
try:
    try:
        raise KeyError("x")
    except KeyError:
        raise ValueError("y") from None
except ValueError as error:
    print(error.__cause__, repr(error.__context__), error.__suppress_context__)
for wrong in (3, "text", int):
    try:
        raise ValueError from wrong
    except TypeError as error:
        print(error)
try:
    raise ValueError from KeyError
except ValueError as error:
    print(repr(error.__cause__))
