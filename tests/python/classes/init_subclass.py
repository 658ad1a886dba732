class Plugin:
    registry = []

    def __init_subclass__(cls, /, tag=None, **rest):
        super().__init_subclass__(**rest)
        cls.tag = tag
        Plugin.registry.append((cls.__name__, tag))

class A(Plugin, tag="a"): pass
class B(A): pass
class C(B, tag="c"): pass

print(Plugin.registry)
print(A.tag, B.tag, C.tag)
try:
    class D(Plugin, other=1): pass
except TypeError as error:
    print(error)
try:
    class E(other=1): pass
except TypeError as error:
    print(error)
