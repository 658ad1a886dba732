"""Threads call functions with defaults, keywords and cells while these are changed."""

import threading


def positional(a, b=1, c=2):
    return a + b + c


def keyword(a, *, b=1, c=2):
    return a + b + c


def counter():
    total = 0

    def add(n, step=1):
        nonlocal total
        total = n + step
        return total

    def read():
        return total

    return add, read


add, read = counter()
seen, stop = [], threading.Event()


def call():
    own = set()
    while True:
        own.add(positional(0))
        own.add(positional(0, 1))
        own.add(keyword(0))
        own.add(keyword(0, b=1))
        own.add(add(0) + 10)
        own.add(read() + 20)
        if stop.is_set():
            break
    seen.append(own)


threads = [threading.Thread(target=call) for _ in range(3)]
for thread in threads:
    thread.start()
for n in range(200):
    positional.__defaults__ = (1.0, 2.0)
    keyword.__kwdefaults__ = {"b": 1.0, "c": 2.0}
    add.__defaults__ = (1.0,)
    positional.__defaults__ = (1, 2)
    keyword.__kwdefaults__["b"] = 1
    keyword.__kwdefaults__ = {"b": 1, "c": 2}
    add.__defaults__ = (1,)
stop.set()
for thread in threads:
    thread.join()
print(len(seen), all(own <= {3, 11, 20, 21} for own in seen))
print(positional.__defaults__, keyword.__kwdefaults__, add.__defaults__)
positional.__defaults__ = None
try:
    positional(1)
except TypeError as error:
    print(error)
del keyword.__kwdefaults__
try:
    keyword(1)
except TypeError as error:
    print(error)
