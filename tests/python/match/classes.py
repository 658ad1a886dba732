class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Named(Point): pass
def f(p):
    match p:
        case Point(0, 0): return "origin"
        case Point(0, y): return ("on y", y)
        case Point(x=x, y=0): return ("on x", x)
        case Named(x, y=y): return ("named", x, y)
        case Point(x, y) if x == y: return ("diagonal", x)
        case Point(): return "point"
        case str(s): return ("str", s)
        case int(n) | float(n): return ("number", n)
        case list([a, b]): return ("list", a, b)
        case dict(d): return ("dict", d)
        case object(__class__=c): return c.__name__
for p in (Point(0, 0), Point(0, 3), Point(4, 0), Named(1, 2), Point(5, 5), Point(1, 2), "s", 3, 2.5, True, [1, 2], {}, None):
    print(f(p))
