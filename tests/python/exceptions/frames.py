import sys
def f(x):
    y = x + 1
    fr = sys._getframe()
    fr.f_locals["y"] = 50
    fr.f_locals["extra"] = 7
    print(y, fr.f_locals["extra"], "y" in fr.f_locals, sorted(fr.f_locals))
    def g():
        return y
    return fr, g
fr, g = f(1)
print(fr.f_locals["y"], g())
fr.f_locals["y"] = 9
print(g(), fr.f_lineno, fr.f_code.co_name)
def gen():
    a = 1
    try:
        b = yield a
    except KeyError as e:
        b = 3
    yield b, a
x = gen()
print(x.gi_frame.f_lineno, x.gi_frame.f_locals, x.gi_frame.f_back)
f1 = x.gi_frame
next(x)
print(x.gi_frame is f1, f1.f_locals, f1.f_lineno)
f1.f_locals["a"] = 77
print(x.throw(KeyError(1)))
def a():
    b()
def b():
    z = 5
    1 / 0
try:
    a()
except ZeroDivisionError as e:
    t = e.__traceback__
    inner = t.tb_next.tb_next
    print(inner.tb_frame.f_locals, inner.tb_frame.f_back.f_code.co_name, t.tb_lasti > 0)
    t.tb_next.tb_next = None
    try:
        t.tb_next.tb_next = t
    except ValueError as wrong:
        print(wrong)
    made = type(t)(None, t.tb_frame, 4, 12)
    print(made.tb_lineno, made.tb_next, made.tb_lasti, dir(t))
class C:
    q = 1
    sys._getframe().f_locals["w"] = 3
print(C.w, sys._getframe().f_locals is globals())
def over(n):
    def change():
        sys._getframe(1).f_locals["n"] = "new"
        return 1
    return (n, change(), n)
print(over("old" + "x"))
