def f(x):
    match x:
        case {"type": "point", "x": x, "y": y}: return ("point", x, y)
        case {"type": kind, **rest}: return (kind, rest)
        case {1: _, None: v}: return ("mixed", v)
        case {"deep": {"er": [a, *_]}}: return ("deep", a)
        case {}: return "any mapping"
        case _: return "none"
for x in ({"type": "point", "x": 1, "y": 2, "z": 3}, {"type": "line", "n": 2}, {1: 2, None: 3}, {"deep": {"er": "abc"}}, {"deep": {"er": [8]}}, {}, {"q": 1}, [], "type"):
    print(f(x))
class D(dict):
    def __missing__(self, k): return "made"
print(f(D()), f(D(type="d")))
try:
    match {"a": 1}:
        case {"a": x, **y}: print(x, y)
    compile("match x:\n case {'a': 1, 'a': 2}: pass", "<t>", "exec")
except SyntaxError as error:
    print(error.msg)
