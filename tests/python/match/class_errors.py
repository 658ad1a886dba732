class NoArgs:
    a = 1
class Wrong:
    __match_args__ = ["a"]
    a = 1
class Ints:
    __match_args__ = (1,)
def one(x):
    match x:
        case NoArgs(1): return 1
        case Wrong(1): return 2
        case Ints(1): return 3
def two(x):
    match x:
        case int(1, 2): return 1
def three(x):
    match x:
        case print(): return 1
def four(x):
    match x:
        case NoArgs(a=1, b=2): return "both"
        case NoArgs(a=1): return "a"
class Twice:
    __match_args__ = ("a",)
    a = 1
def five(x):
    match x:
        case Twice(1, a=1): return 1
for f, x in ((one, NoArgs()), (one, Wrong()), (one, Ints()), (two, 1), (three, 1), (four, NoArgs()), (five, Twice())):
    try:
        print(f(x))
    except TypeError as error:
        print(error)
