def f(a, b, /, c, *, d): pass
def g(x, y=1): pass
def h(): pass
class A:
    def m(self, x): pass
calls = ["f()", "f(1)", "f(1, 2, 3)", "f(1, 2, 3, 4, d=1)", "f(1, 2, c=3, d=4, e=5)", "f(a=1, b=2, c=3, d=4)", "g()", "g(1, 2, 3)", "g(1, x=1)", "g(z=1)", "h(1)", "h(x=1)", "A().m()", "A().m(1, 2)", "A.m()", "g(*3)", "g(**3)", "g(**{1: 2})", "g(**{'x': 1}, **{'x': 2})", "f(1, 2)", "(lambda: 0)(1)", "len()", "len(1, 2)", "len(x=[])", "abs()", "isinstance(1)"]
for call in calls:
    try:
        eval(call)
    except TypeError as error:
        print(call, "->", error)
