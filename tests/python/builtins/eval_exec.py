x = 1
print(eval("x + 1"), eval("x", {"x": 5}), eval("x + y", {"x": 1}, {"y": 2}), eval(" 1 + 1"), eval("[i for i in range(3)]"), eval("(lambda a: a * 2)(4)"), eval(compile("3 * 3", "<c>", "eval")), exec("z = 5"), z)
ns = {}
exec("def f(a):\n    return a + n\nn = 10", ns); print(ns["f"](1), sorted(k for k in ns if k != "__builtins__"), "__builtins__" in ns)
def g():
    local = 1
    exec("local = 2; new = 3")
    return local
print(g(), eval("len('abc')", {"__builtins__": {"len": lambda x: "mine"}}))
loc = {}; exec("a = 1", {}, loc); print(sorted(loc))
for f in (lambda: eval("x = 1"), lambda: eval("1 +"), lambda: eval(""), lambda: eval(5), lambda: exec(5), lambda: eval("q_undefined"), lambda: eval("x", 5), lambda: compile("1", "f", "bad"), lambda: eval("1\n2"), lambda: exec("return 1"), lambda: eval("len", {"__builtins__": {}})):
    try:
        print(f())
    except (SyntaxError, TypeError, NameError, ValueError) as error:
        print(type(error).__name__, error)
