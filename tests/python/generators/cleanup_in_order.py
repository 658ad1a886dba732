# finally blocks of nested generators run from the inside out.
def inner():
    try:
        yield 1
        yield 2
    finally:
        print("inner ends")


def outer():
    try:
        yield from inner()
    finally:
        print("outer ends")


g = outer()
print(next(g))
g.close()
g = outer()
print(list(g))
g = outer()
next(g)
try:
    g.throw(KeyError("x"))
except KeyError as error:
    print("out:", error)
