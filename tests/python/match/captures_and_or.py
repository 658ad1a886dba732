def f(x):
    match x:
        case 1 | 2 | 3 as small: return ("small", small)
        case "a" | "b": return "ab"
        case [1, (2 | 3) as y]: return ("pair", y)
        case (int() | float()) as number: return ("number", number)
        case [("x" | "y") as k, *_] | {"k": k}: return ("k", k)
        case other: return ("other", other)
for x in (1, 3, "b", [1, 3], (1, 2), 7.5, ["x", 1, 2], {"k": 5, "z": 1}, set()):
    print(f(x))
match 5:
    case x: pass
print(x)
for text in ("match 1:\n case x: pass\n case 2: pass", "match 1:\n case x | 1: pass", "match 1:\n case (1 as y) | 2: pass", "match 1:\n case [x, x]: pass"):
    try:
        compile(text, "<t>", "exec")
    except SyntaxError as error:
        print(error.msg)
