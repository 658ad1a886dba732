def level(n):
    if n == 0:
        got = yield "bottom"
        return ("got", got)
    result = yield from level(n - 1)
    return (n, result) if n % 10 == 0 else result
g = level(50)
print(next(g))
try:
    g.send("hello")
except StopIteration as stop:
    print(stop.value)
def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)
print(list(tree(4)), sum(tree(10)))
closed = []
def guarded(n):
    try:
        if n:
            yield from guarded(n - 1)
        else:
            yield "deep"
    finally:
        closed.append(n)
h = guarded(5)
next(h); h.close(); print(closed)
