if (n := len("abc")) > 2: print(n)
print([y := 5, y ** 2], (z := 1) + z)
data = [1, 2, 3, 4]
print([s for x in data if (s := x * x) > 4], s)
while (item := data.pop()) > 2: print(item)
def f(): return (a := 1), a
print(f(), any((found := x) > 1 for x in [0, 2, 3]), found)
print(f"{(w := 3)} {w:=5}", (t := (1, 2)), {(k := "key"): k})
x = lambda: (q := 4) + q
print(x())
for text in ("x := 1", "(a.b := 1)", "[i := 0 for i in x]", "class A:\n [j := i for i in x]", "[x for x in (y := [1])]", "f(a := 1, b=(c := 2))"):
    try:
        compile(text, "<t>", "exec")
        print("accepted", text)
    except SyntaxError as error:
        print(error.msg)
