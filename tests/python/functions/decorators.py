def trace(f):
    def wrapper(*args, **kw):
        result = f(*args, **kw)
        print(f.__name__, args, kw, "->", result)
        return result
    wrapper.__name__ = f.__name__
    return wrapper
def times(n):
    print("times", n)
    def decorate(f):
        print("decorate", f.__name__)
        return lambda *a: [f(*a) for _ in range(n)]
    return decorate
@trace
def add(a, b=1): return a + b
add(1); add(1, b=5)
@times(2)
@trace
def hi(): return "hi"
print(hi())
@lambda c: (c, c.__name__)
class A: pass
print(A[1])
table = {"k": [trace]}
@table["k"][0]
def through(): return 1
through()
@str
def text(): pass
print(text[:9])
