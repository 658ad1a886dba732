def attempt(action):
    try:
        action()
    except (ZeroDivisionError, KeyError) as error:
        print("first", type(error).__name__, error)
    except Exception as error:
        print("second", type(error).__name__, error)
    else:
        print("nothing")
    finally:
        print("done")


attempt(lambda: 1 / 0)
attempt(lambda: {}["missing"])
attempt(lambda: [][0])
attempt(lambda: None)
attempt(lambda: int("x"))
attempt(lambda: "a" + 1)
attempt(lambda: None.attribute)
attempt(lambda: [1, 2].missing)


def nested():
    try:
        try:
            raise ValueError("inner")
        except ValueError as error:
            raise KeyError("outer") from error
    except KeyError as error:
        return error


error = nested()
print(repr(error), repr(error.__cause__), repr(error.__context__), error.__suppress_context__)


def again():
    try:
        raise RuntimeError("once")
    except RuntimeError:
        try:
            raise
        except RuntimeError as error:
            return error.args


print(again())


def order():
    result = []
    try:
        result.append("try")
        return result
    finally:
        result.append("finally")


print(order())


def finally_wins():
    try:
        raise ValueError
    except ValueError:
        pass
    try:
        return 1
    finally:
        print("cleanup")


print(finally_wins())
try:
    raise ValueError
except ValueError as error:
    print(repr(error), str(error) == "")
try:
    raise ValueError("a", 2)
except ValueError as error:
    print(error, error.args)
try:
    error
except NameError as missing:
    print(missing)
try:
    raise 5
except TypeError as error:
    print(error)
try:
    try:
        raise KeyError("k")
    finally:
        print("passing through")
except LookupError as error:
    print("lookup", error)
try:
    next(iter([]))
except StopIteration as error:
    print("stop", error.value)
print(isinstance(ValueError(), Exception), issubclass(KeyError, LookupError))
print(next(iter([]), "default"))
# expect: first ZeroDivisionError division by zero
# expect: done
# expect: first KeyError 'missing'
# expect: done
# expect: second IndexError list index out of range
# expect: done
# expect: nothing
# expect: done
# expect: second ValueError invalid literal for int() with base 10: 'x'
# expect: done
# expect: second TypeError can only concatenate str (not "int") to str
# expect: done
# expect: second AttributeError 'NoneType' object has no attribute 'attribute'
# expect: done
# expect: second AttributeError 'list' object has no attribute 'missing'
# expect: done
# expect: KeyError('outer') ValueError('inner') ValueError('inner') True
# expect: ('once',)
# expect: ['try', 'finally']
# expect: cleanup
# expect: 1
# expect: ValueError() True
# expect: ('a', 2) ('a', 2)
# expect: name 'error' is not defined
# expect: exceptions must derive from BaseException
# expect: passing through
# expect: lookup 'k'
# expect: stop None
# expect: True True
# expect: default
