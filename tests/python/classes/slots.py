class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y

class Open(Point):
    pass

class Closed(Point):
    __slots__ = ["z"]

p = Point(1, 2)
print(p.x, p.y, hasattr(p, "__dict__"))
try:
    p.z = 3
except AttributeError as error:
    print(error)
del p.x
try:
    p.x
except AttributeError as error:
    print(error)
o = Open(1, 2)
o.w = 5
print(o.__dict__)
c = Closed(1, 2)
c.z = 3
print(c.z, Closed.__slots__, type(Point.x).__name__)
try:
    class Bad:
        __slots__ = ("a",)
        a = 1
except ValueError as error:
    print(error)
try:
    class Wrong:
        __slots__ = ("a b",)
except TypeError as error:
    print(error)
