import threading
lock = threading.Lock()
def numbers():
    for i in range(300):
        yield i
g, got = numbers(), []
def take():
    while True:
        with lock:
            x = next(g, None)
        if x is None:
            return
        got.append(x)
ts = [threading.Thread(target=take) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(got) == list(range(300)))
inside, leave, errors = threading.Event(), threading.Event(), []
def slow():
    inside.set()
    leave.wait()
    yield 1
h = slow()
t = threading.Thread(target=lambda: next(h)); t.start()
inside.wait()
try:
    next(h)
except ValueError as error:
    print(error)
leave.set(); t.join()
print(list(h))
