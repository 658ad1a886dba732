# Patterns of classes, sequences, mappings and guards together.
class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


def what(value):
    match value:
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y) | Point(x=y, y=0):
            return f"axis {y}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case [Point() as first, *_, Point(x=last)]:
            return f"points {first.x}..{last}"
        case {"kind": "box", "size": (w, h), **rest} if not rest:
            return f"box {w}x{h}"
        case str() | bytes():
            return "text"
        case int(n) if n > 5:
            return f"big {n}"
        case (1 | 2) as small:
            return f"small {small}"
        case None | True | False:
            return "constant"
        case _:
            return "other"


for value in (Point(0, 0), Point(0, 3), Point(4, 0), Point(2, 2), Point(1, 2), [Point(1, 1), 5, Point(9, 0)],
              {"kind": "box", "size": (1, 2)}, {"kind": "box", "size": (1, 2), "more": 1}, "s", b"b", 7, 2, 3, None, True):
    print(what(value))
