match = 5
case = [1, 2]
_ = "underscore"
type = "t"
print(match, case, _, type)
print(match * 2, case[0], match - 1)
def f(match, case=1): return match + case
print(f(1), f(match=2, case=3))
match match:
    case 5: print("five")
match (1, 2):
    case 1, 2: print("tuple")
match 1, 2:
    case (a, b): print(a, b)
match case:
    case [*_]: print("list", _)
match [1, 2, 3]:
    case [_, _, x]: print(_, x)
match -match:
    case -5: print("minus")
