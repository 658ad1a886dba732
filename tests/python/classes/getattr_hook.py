class Proxy:
    def __init__(self, **known):
        self.known = known

    def __getattr__(self, name):
        print("getattr", name)
        try:
            return self.known[name]
        except KeyError:
            raise AttributeError(f"no {name} here") from None

p = Proxy(a=1, b=2)
print(p.a, p.b)
p.c = 3
print(p.c)
print(hasattr(p, "d"), getattr(p, "d", "default"))
try:
    p.e
except AttributeError as error:
    print(error)
class Method:
    def __getattr__(self, name):
        return lambda *args: (name, args)
print(Method().anything(1, 2))
try:
    len(Method())
except TypeError as error:
    print(error)
