def f(*errors):
    try:
        raise ExceptionGroup("g", list(errors))
    except* ValueError as g:
        print("values", g.exceptions)
    except* (TypeError, KeyError) as g:
        print("type or key", g.exceptions)
    else:
        print("never")
    finally:
        print("finally")
f(ValueError(1), TypeError(2), ValueError(3), KeyError(4))
try:
    f(ValueError(1), OSError(5))
except ExceptionGroup as rest:
    print(repr(rest))
try:
    raise ValueError("single")
except* ValueError as g:
    print(repr(g))
try:
    pass
except* ValueError: print("no")
else: print("else")
try:
    try:
        raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
    except* ValueError:
        raise IndexError("new")
except ExceptionGroup as e:
    print(repr(e))
