import shapes
import shapes.square as sq
from shapes import circle, PI
from shapes.square import area as square_area
print(shapes.__name__, shapes.__package__, sq.__name__, sq.__package__, circle.area(2), square_area(3), PI)
print(shapes.square is sq, sorted(n for n in vars(shapes) if not n.startswith("__")))
ns = {}
exec("from shapes import *", ns); print(sorted(n for n in ns if n != "__builtins__"))
import sys
print("shapes.square" in sys.modules, sys.modules["shapes"] is shapes, __import__("shapes.square") is shapes)
