def defaults(a, b=2, *rest, c, d=4, **more):
    return a, b, rest, c, d, more


print(defaults(1, c=3))
print(defaults(1, 5, 6, 7, c=8, d=9, x=10))
print(defaults(*[1, 2, 3], **{"c": 4, "z": 5}))


def positional_only(a, /, b):
    return a + b


print(positional_only(1, b=2))


def fails(call):
    try:
        call()
    except TypeError as error:
        print(error)


fails(lambda: defaults())
fails(lambda: defaults(1))
fails(lambda: defaults(1, c=2, a=3))
fails(lambda: positional_only(a=1, b=2))
fails(lambda: positional_only(1))
fails(lambda: positional_only(1, 2, 3))
fails(lambda: positional_only(1, c=3))
fails(lambda: (lambda: 0)(1))
fails(lambda: (lambda x=1: 0)(1, 2))
fails(lambda: len())
fails(lambda: len(1))
fails(lambda: len([], []))
fails(lambda: [].append())
number = 3
fails(lambda: number())


def counter():
    count = 0

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


step = counter()
step()
step(5)
print(step(), step.__name__, step.__qualname__)
step.note = "kept"
print(step.note, hasattr(step, "missing"))
print([f() for f in [lambda i=i: i * i for i in range(4)]])
print([f() for f in [lambda: i for i in range(3)]])


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


print(depth(900))
try:
    depth(5000)
except RecursionError as error:
    print("RecursionError")


def documented():
    """Says what it does."""
    return documented.__doc__


print(documented())
print((lambda *args, **kwargs: (args, kwargs))(1, 2, k=3))


def twice(function):
    return lambda x: function(function(x))


@twice
@twice
def add_three(x):
    return x + 3


print(add_three(0))
# expect: (1, 2, (), 3, 4, {})
# expect: (1, 5, (6, 7), 8, 9, {'x': 10})
# expect: (1, 2, (3,), 4, 4, {'z': 5})
# expect: 3
# expect: defaults() missing 1 required positional argument: 'a'
# expect: defaults() missing 1 required keyword-only argument: 'c'
# expect: defaults() got multiple values for argument 'a'
# expect: positional_only() got some positional-only arguments passed as keyword arguments: 'a'
# expect: positional_only() missing 1 required positional argument: 'b'
# expect: positional_only() takes 2 positional arguments but 3 were given
# expect: positional_only() got an unexpected keyword argument 'c'
# expect: <lambda>.<locals>.<lambda>() takes 0 positional arguments but 1 was given
# expect: <lambda>.<locals>.<lambda>() takes from 0 to 1 positional arguments but 2 were given
# expect: len() takes exactly one argument (0 given)
# expect: object of type 'int' has no len()
# expect: len() takes exactly one argument (2 given)
# expect: list.append() takes exactly one argument (0 given)
# expect: 'int' object is not callable
# expect: 7 step counter.<locals>.step
# expect: kept False
# expect: [0, 1, 4, 9]
# expect: [2, 2, 2]
# expect: 900
# expect: RecursionError
# expect: Says what it does.
# expect: ((1, 2), {'k': 3})
# expect: 12
