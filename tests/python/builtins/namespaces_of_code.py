def show(function):
    try:
        print(function())
    except BaseException as error:
        print(type(error).__name__, error)
def maker():
    a = 1
    def f(): return a
    return f
code = maker().__code__
cells = maker().__closure__
for function in (
    lambda: eval("x", {}, 5), lambda: exec("x", 5), lambda: exec("x", {}, 5), lambda: eval("x", []), lambda: eval("1", foo=1),
    lambda: eval("1", globals={}, locals={}), lambda: exec("1", globals=None, locals=None), lambda: eval("x", None, {"x": 3}), lambda: eval("x", {"x": 1}, None),
    lambda: eval(code), lambda: exec(code), lambda: exec(code, closure=cells), lambda: exec("1", closure=()), lambda: exec(compile("1", "f", "exec"), closure=()),
    lambda: eval((lambda: 42).__code__), lambda: exec("1", closure=None),
    lambda: eval("await x"), lambda: exec("yield 1"), lambda: exec("nonlocal x"), lambda: eval("a := 1"), lambda: eval("(a := 7)"),
    lambda: eval(b"1+1"), lambda: eval(bytearray(b"1+2")), lambda: eval(memoryview(b"1+3")), lambda: eval("1 +\\\n 2"), lambda: eval("(\n1,\n2)\n\n"), lambda: eval("1 # c"), lambda: eval("\t 5"),
    lambda: exec(""), lambda: exec("#c"), lambda: exec("x = 1;"), lambda: exec("if 1:\n  pass"), lambda: eval("a\0b"),
    lambda: eval("print", {"__builtins__": {}}), lambda: eval("max(1, 2)", {"__builtins__": {"max": min}}), lambda: eval("len", {"__builtins__": __builtins__}),
    lambda: exec("class A: pass", {"__builtins__": {}}), lambda: exec("import sys", {"__builtins__": {}}), lambda: exec("print(__name__)", {}),
    lambda: compile(5, "f", "exec"), lambda: compile("1", 5, "exec"), lambda: compile("1", "f", 5), lambda: compile("1", "f", "exec", 1 << 30), lambda: compile("1", "f", "exec", 0, 0, 7), lambda: compile("1", None, "exec"),
):
    show(function)
own = {"__builtins__": {"len": lambda x: "own"}}
exec("def f(): return len([])", own)
print(own["f"](), own["f"].__builtins__ is own["__builtins__"])
plain = {}
exec("def f(): return len([])", plain)
print(plain["f"](), list(plain), type(plain["f"].__builtins__).__name__)
one = compile("x = 1", "f", "exec")
print(one == compile("x = 1", "f", "exec"), one == compile("x = 2", "f", "exec"), hash(one) == hash(compile("x = 1", "f", "exec")))
exec(compile("1\nNone" [:2], "f", "single")); exec(compile("None", "f", "single")); exec(compile("if 1:\n  5\n", "f", "single")); exec(compile("'a'; 'b'", "f", "single"))
print(_)
import sys
sys.displayhook = lambda value: print("hook", value)
exec(compile("2", "f", "single"))
def positions(source, mode="exec"):
    try:
        compile(source, "<f>", mode)
    except SyntaxError as error:
        print(type(error).__name__, error.msg, error.filename, error.lineno, error.offset, repr(error.text), error.end_lineno, error.end_offset)
positions("x = "); positions("a\nx = \nb"); positions("x y", "eval"); positions("\xe9 = \xe9 \xe9"); positions("", "eval"); positions("1\n2", "eval"); positions(" x = 1")
assert_code = compile("assert 0", "f", "exec", optimize=1)
exec(assert_code)
exec(compile("def f():\n  'doc'\nprint(f.__doc__)", "f", "exec", 0, False, 2))
def first(): return 1
def second(): return 2
def third(): return cells
for target, source in ((first, second), (maker(), first), (first, maker()), (first, 5)):
    try:
        target.__code__ = source if source == 5 else source.__code__
        print(target())
    except (TypeError, ValueError) as error:
        print(error)
