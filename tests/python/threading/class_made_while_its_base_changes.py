# A class that is made while its base changes has what the base has in the end.
import threading


class Base:
    pass


made = []
start = threading.Barrier(3)


def make():
    start.wait()
    for _ in range(400):
        made.append(type("Made", (Base,), {}))


def change():
    start.wait()
    for number in range(200):
        Base.__repr__ = lambda self: "changed"
        Base.__len__ = lambda self: 7
        if number % 2:
            del Base.__len__
            del Base.__repr__
    Base.__repr__ = lambda self: "in the end"
    Base.__len__ = lambda self: 8


class One:
    v = 1


class Two:
    v = 2


class Low(One):
    pass


lower = []


def descend():
    start.wait()
    for _ in range(400):
        lower.append(type("Lower", (Low,), {}))


def move():
    start.wait()
    for number in range(200):
        Low.__bases__ = (Two,) if number % 2 else (One,)


def run(*targets):
    threads = [threading.Thread(target=target) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


run(make, make, change)
print({(repr(cls()), len(cls())) for cls in made}, len(made))
run(descend, descend, move)
print({(cls().v, cls.__mro__[2].__name__) for cls in lower}, len(lower), Low.v)
