def count(n):
    print("start")
    for i in range(n):
        yield i
    print("end")
g = count(2)
print(type(g).__name__, g.__name__, iter(g) is g)
print(next(g), next(g))
try:
    next(g)
except StopIteration as stop:
    print("stop", stop.value, stop.args)
try:
    next(g)
except StopIteration:
    print("again")
print(next(g, "default"), list(count(3)), sum(count(4)))
def nothing():
    return
    yield
print(list(nothing()))
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
print([x for x, _ in zip(fib(), range(10))])
