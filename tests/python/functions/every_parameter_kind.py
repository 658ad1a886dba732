# Positional-only, defaults, star, keyword-only and double star, and what calls may not do.
def f(a, b=2, /, c=3, *rest, d, e=5, **more):
    return a, b, c, rest, d, e, more


print(f(1, d=4))
print(f(1, 20, 30, 40, 50, d=4, e=6, x=7))
print(f(1, d=4, a=9, b=8))
for call in (
    lambda: f(),
    lambda: f(1),
    lambda: f(1, d=1, c=2, **{"c": 3}),
    lambda: f(1, 2, 3, c=4, d=5),
    lambda: f(*5),
    lambda: f(**5),
):
    try:
        print(call())
    except TypeError as error:
        print(error)
print(f.__defaults__, f.__kwdefaults__)
f.__defaults__ = (7,)
try:
    print(f(1, 2, d=0))
except TypeError as error:
    print(error)
