def inner():
    x = yield 1
    print("inner got", x)
    try:
        y = yield 2
    except ValueError as error:
        print("inner caught", error)
        y = "thrown"
    return ("result", x, y)
def outer():
    result = yield from inner()
    print("outer", result)
    yield from "ab"
    rest = yield from [10, 20]
    return rest
o = outer()
print(next(o), o.send("hi"), o.throw(ValueError("oops")), list(o))
def nested(n):
    if n:
        yield from nested(n - 1)
    yield n
print(list(nested(5)))
try:
    list((lambda: (yield from 3))())
except TypeError as error:
    print(error)
d = outer(); next(d)
print(d.gi_yieldfrom.__name__)
