"""Functions and classes that several threads use die when they are collected, and not before."""

import gc
import threading
import weakref


def run(*bodies):
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def nothing():
    pass


run(nothing, nothing)

# A function that is called by threads which end before it.


def add(a, b=1):
    return a + b


total = []


def call():
    function = add
    total.append(sum(function(n) for n in range(1000)))


run(call, call)
print(total)
gone = weakref.ref(add)
kept = add
del add
gc.collect()
print("kept", gone() is kept, kept(1))
del kept
gc.collect()
print("collected", gone() is None)

# A class whose instances are made in one thread and dropped in another.


class Point:
    def __init__(self, x):
        self.x = x

    def double(self):
        return 2 * self.x


made = []


def make():
    for n in range(500):
        made.append(Point(n))


def drop():
    dropped = 0
    while dropped < 400:
        try:
            made.pop()
            dropped += 1
        except IndexError:
            pass


run(make, make, drop, drop)
print(len(made), type(made[0]) is Point)
gone = weakref.ref(Point)
del Point
gc.collect()
print("its instances keep it", gone() is type(made[0]), made[0].double() == 2 * made[0].x)
made.clear()
gc.collect()
print("collected", gone() is None)

# Methods that are bound in one thread and called in another.


class Base:
    calls = 0

    @classmethod
    def count(cls):
        return cls.__name__

    @staticmethod
    def plain(x):
        return x + 1

    @property
    def name(self):
        return "base"

    def method(self):
        return type(self).__name__


class Derived(Base):
    pass


bound = []
run(
    lambda: bound.extend([Derived().method, Derived.count, Base.plain]),
    lambda: bound.extend([Derived().method, Derived.count, Base.plain]),
)
print(sorted(str(call(1)) if call is Base.plain else call() for call in bound))
print(Derived().name)
gone = [weakref.ref(Base), weakref.ref(Derived)]
del Base, Derived, bound
gc.collect()
print("collected", [one() is None for one in gone])

# Functions that are defined again and again.

died = []
for n in range(100):

    def again():
        return n

    weakref.finalize(again, died.append, n)

gc.collect()
print(len(died), again())
lambdas = [lambda: 1 for _ in range(10)]
gone = weakref.ref(lambdas[3])
run(lambdas[3], lambdas[3])
del lambdas
gc.collect()
print("collected", gone() is None)

# A finalizer that keeps its class.


class Phoenix:
    def __del__(self):
        risen.append(self)


risen = []
gone = weakref.ref(Phoenix)
one = Phoenix()
one.me = one
del one, Phoenix
gc.collect()
print("risen", len(risen), type(risen[0]).__name__)
run(lambda: print(type(type(risen[0])()).__name__))
risen.clear()
gc.collect()
gc.collect()
print("collected", gone() is None)
