def g():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("exit")
        raise
    finally:
        print("finally")
a = g()
print(next(a), a.close(), a.close(), list(a))
b = g()
b.close()
print("never started")
def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2
s = stubborn(); next(s)
try:
    s.close()
except RuntimeError as error:
    print(error)
def returns():
    try:
        yield
    except GeneratorExit:
        return "value"
r = returns(); next(r)
print(r.close())
c = g(); next(c)
del c
print("after del")
