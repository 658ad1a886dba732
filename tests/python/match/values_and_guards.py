class Color:
    RED, GREEN = "red", "green"
class Deep:
    inner = Color
def f(x, limit):
    match x:
        case Color.RED: return "RED"
        case Deep.inner.GREEN: return "GREEN"
        case int() if x > limit: return "big"
        case n if isinstance(n, int) and n < 0: return ("negative", n)
        case [Color.RED, y] if y: return ("pair", y)
    return "fell through"
for x in ("red", "green", 50, -5, 5, ["red", 0], ["red", 1]):
    print(f(x, 10))
log = []
def guard(v): log.append(v); return False
match 3:
    case 3 if guard("first"): pass
    case 4 if guard("never"): pass
    case 3 if guard("second"): pass
print(log)
class Eq:
    def __eq__(self, other): log.append(other); return True
match Eq():
    case 7: print("equal", log[-1])
