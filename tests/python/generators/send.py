def average():
    total = count = 0
    value = None
    while True:
        got = yield value
        if got is None:
            return ("done", count)
        total += got
        count += 1
        value = total / count
g = average()
print(next(g), g.send(10), g.send(20), g.send(60))
try:
    next(g)
except StopIteration as stop:
    print(stop.value)
h = average()
try:
    h.send(1)
except TypeError as error:
    print(error)
print(h.send(None))
def echo():
    while True:
        x = yield
        print("got", x)
e = echo(); next(e)
for x in (1, "a", None, [2]): e.send(x)
