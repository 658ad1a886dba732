import sys
def f(a):
    b = 2
    frame = sys._getframe()
    return frame.f_code.co_name, sorted(k for k in frame.f_locals if k != "frame"), frame.f_lineno, frame.f_back.f_code.co_name, frame.f_globals is globals()
print(f(1))
def outer(): return inner()
def inner(): return [sys._getframe(i).f_code.co_name for i in range(3)]
print(outer())
try:
    sys._getframe(1000)
except ValueError as error:
    print(error)
def change():
    x = 1
    sys._getframe().f_locals["x"] = 5
    return x
print(change())
def depth(n): return sys._getframe().f_back is not None if n == 0 else depth(n - 1)
print(depth(3))
