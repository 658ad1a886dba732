def what(x):
    match x:
        case 0: return "zero"
        case -1: return "minus one"
        case 1.5: return "float"
        case 1 + 2j: return "complex"
        case "a": return "letter"
        case b"a": return "byte"
        case None: return "none"
        case True: return "true"
        case False: return "false"
        case "x" "y": return "joined"
        case _: return "other"
for x in (0, -1, 1.5, 1 + 2j, "a", b"a", None, True, False, 1, 0.0, "xy", []):
    print(repr(x), what(x))
