class A:
    def f(self): x: print("never") = 1; return x
print(A().f())
def g(a: "quoted", b: "list[Later]" = None): return a
print(g.__annotations__, g(1))
class Later: pass
def h():
    y: "int"
    try:
        return y
    except UnboundLocalError as error:
        return str(error)
print(h())
for text in ("x: int = ", "def f(a: ): pass", "(a, b): int", "[a]: int = 1", "f(): int", "x: yield = 1", "a, b: int", "lambda x: int: 1"):
    try:
        compile(text, "<t>", "exec")
        print("accepted", text)
    except SyntaxError as error:
        print(text, "|", error.msg)
