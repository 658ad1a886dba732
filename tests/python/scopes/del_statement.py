x = [0, 1, 2, 3, 4]
del x[1], x[-1]
print(x)
d = {"a": 1, "b": {"c": 2}}
del d["a"], d["b"]["c"]
print(d)
class A:
    y = 1
    def __delitem__(self, k): print("delitem", k)
a = A()
a.z = 2
del a.z
del (a[1:2]), [a["k"]]
del A.y
print(hasattr(a, "y"))
a, (b, c) = 1, (2, 3)
del a, (b, c)
for name in "abc": print(name in globals())
for text in ("del f()", "del 3", "del x + 1", "del (x, 1)", "del *x", "del None"):
    try:
        compile(text, "<t>", "exec")
    except SyntaxError as error:
        print(error.msg)
