a = 1
print("a" in globals(), globals()["a"], locals() is globals())
globals()["b"] = 2
print(b)
def f(x, y=2):
    z = 3
    first = locals()
    first["x"] = "changed"
    return x, sorted(first), locals()["x"]
print(f(1))
def g():
    def inner(): return free
    free = 1
    return sorted(locals())
print(g())
class C:
    locals()["made"] = 5
print(C.made)
exec("c = a + b")
print(c)
print(__name__, __builtins__.len is len)
len = lambda x: "shadow"
print(len([]))
del len
print(len([]))
