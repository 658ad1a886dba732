class A:
    n = 3
    items = [i for i in range(n)]
    try:
        wrong = [n for _ in range(1)]
    except NameError as error:
        print(error)
    lam = [lambda: n]
print(A.items, hasattr(A, "i"))
def f(k):
    return [k + i for i in range(3)], {k: [k for _ in "a"] for k in range(2)}, k
print(f(10))
def g():
    out = [(y := i) for i in range(4)]
    return out, y
print(g())
def h():
    def inner(): return total
    [total := i for i in range(5)]
    return inner()
print(h())
print([locals_count for locals_count in [len([1 for _ in "abc"])]])
i = "kept"
[[i for i in range(2)] for j in range(2)]
print(i)
