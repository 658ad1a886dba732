import sys
import shapes.square
first = shapes.square
first.mark = 1
import shapes.square as again
print(again.mark)
del sys.modules["shapes.square"]
import shapes.square
print(shapes.square is first, hasattr(shapes.square, "mark"))
sys.modules["made_up"] = type(sys)("made_up")
import made_up
print(made_up.__name__)
sys.modules["blocked"] = None
try:
    import blocked
except ImportError as error:
    print(type(error).__name__, error)
def local():
    import math as m
    from math import floor as f
    return f(m.pi)
print(local(), "m" in globals())
