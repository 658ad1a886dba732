def outer():
    x = 10
    def inner():
        exec("print(x)")
        return x
    return inner()
print(outer())
class K:
    y = 5
    exec("z = y + 1")
    print(z, eval("y"))
print(K.z)
x = "global"
def f():
    x = "local"
    print(eval("x"), eval("x", globals()), eval("[x for _ in range(2)]"), eval("(lambda: x)()"))
    exec("x = 'changed'; print(x)")
    print(x)
    names = {}
    exec("def g(): return x\nprint(g())", globals(), names)
    print(list(names))
    return locals()
made = f()
print(made["x"], sorted(made))
def gen():
    a = 1
    yield locals()
    b = 2
    yield locals()
steps = gen()
first, second = next(steps), next(steps)
print(first, second)
def h(*args, k=1, **kw):
    snapshot = locals()
    snapshot["args"] = 0
    return args, sorted(locals())
print(h(1, 2, z=3))
def cell():
    a = 1
    def inner():
        nonlocal a
        a += 1
        return locals()
    return inner(), locals()["a"]
print(cell())
def deleted():
    a = 1; b = 2
    del a
    return locals()
print(deleted())
def nested():
    m = 1
    return [[sorted(locals()) for y in [1]] for x in [1]]
print(nested())
print([[sorted(k for k in locals() if k in "xy") for y in [1]][0] for x in [1]])
def shadowed():
    i = "outer"
    inside = [locals()["i"] for i in range(2)]
    return inside, locals()["i"]
print(shadowed())
def failed():
    try:
        [1 / i for i in (1, 0)]
    except ZeroDivisionError:
        return locals()
print(failed())
try:
    [1 / i for i in (1, 0)]
except ZeroDivisionError:
    exec("after = 1")
print(after, (lambda: (lambda q: locals())(5))())
code = compile("a = 1\nb = [a for _ in range(2)]\ndef f(): return a, b", "x", "exec")
one = {}
exec(code, one)
print(one["f"]())
globals_, locals_ = {}, {}
exec(code, globals_, locals_)
print(sorted(locals_), "a" in globals_)
try:
    locals_["f"]()
except NameError as error:
    print(error)
exec("class A:\n  x = 1\n  def m(self): return __class__.x\nprint(A().m(), A.__module__)", {"__name__": "made"})
exec("global top; top = 5")
def declares():
    exec("global low; low = 6")
declares()
print(top, low)
class Log:
    def __getitem__(self, name):
        print("get", name)
        raise KeyError(name)
    def __setitem__(self, name, value): print("set", name, value)
    def __delitem__(self, name): print("del", name)
exec("a = 1\ndel a\nlen\nimport sys as s", {}, Log())
class Missing(dict):
    def __missing__(self, name): return "missing " + name
print(eval("a + b", {}, Missing()), eval("a", Missing(a=1)), eval("a", Missing()), eval("[a for x in [1]]", {}, Missing()))
