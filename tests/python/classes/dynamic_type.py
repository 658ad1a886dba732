def hello(self): return "hello " + self.name

T = type("T", (), {"name": "t", "hello": hello})
print(T().hello(), T.__name__, T.__bases__, T.__module__)
U = type("U", (T,), {})
print(U().hello(), U.__mro__[1] is T)
T.name = "changed"
print(U().hello())
U.extra = property(lambda self: 42)
print(U().extra)
del T.name
try:
    U().hello()
except AttributeError as error:
    print(error)
for arguments in ((1, (), {}), ("A", [], {}), ("A", (1,), {}), ("A", (bool,), {})):
    try:
        type(*arguments)
    except TypeError as error:
        print(error)
print(type(3), type(type(3)), type(None))
