x = "module"
class A:
    y = x
    x = "class"
    z = x
    def f(self): return x
    def g(): return "in body"
    w = g()
    class B:
        try: got = z
        except NameError as error: got = str(error)
        u = x
print(A.y, A.z, A().f(), A.w, A.B.got, A.B.u)
def outer():
    v = "enclosing"
    class C:
        seen = v
        v = "own"
        after = v
        def m(self): return v
    return C.after, C().m()
try:
    print(outer())
except NameError as error:
    print(error)
class D:
    names = sorted(k for k in locals() if not k.startswith("__"))
    for i in range(3): pass
    del names
print(D.i, hasattr(D, "names"))
class E:
    global made_global
    made_global = 1
print(made_global, hasattr(E, "made_global"), E.__qualname__)
