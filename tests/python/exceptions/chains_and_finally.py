# What finally does to returns and exceptions, and how exceptions are chained.
def f(how):
    try:
        if how == "return":
            return "from try"
        if how == "raise":
            raise ValueError("from try")
        if how == "loop":
            for i in range(3):
                try:
                    continue
                finally:
                    print("finally", i)
    except ValueError as error:
        raise KeyError("translated") from error
    else:
        print("else")
    finally:
        print("cleanup", how)
    return "end"


for how in ("return", "loop", "raise"):
    try:
        print(f(how))
    except KeyError as error:
        print(repr(error), repr(error.__cause__), error.__suppress_context__)
try:
    try:
        1 / 0
    finally:
        {}["missing"]
except KeyError as error:
    print(repr(error.__context__), error.__cause__)
try:
    raise OSError(2, "No such file", "name")
except FileNotFoundError as error:
    print(error, error.errno, error.filename)
