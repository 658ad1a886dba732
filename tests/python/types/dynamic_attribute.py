import types
class A:
    @types.DynamicClassAttribute
    def v(self): return "instance"
print(A().v)
try:
    A.v
except AttributeError as error:
    print(type(error).__name__)
u = int | str | None
print(u, u.__args__, int | int, (int | str) == (str | int), hash(int | str) == hash(str | int), isinstance(None, u), list[int] | None)
a = dict[str, list[int]]; print(a, a.__origin__, a.__args__, a == dict[str, list[int]], a(x=1), types.get_original_bases(type("B", (), {})))
for g in (lambda: int | 5, lambda: isinstance(1, list[int]), lambda: types.SimpleNamespace(1, 2)):
    try:
        print(g())
    except TypeError as error:
        print(type(error).__name__)
