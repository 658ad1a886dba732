def f(x, acc=[]):
    acc.append(x)
    return acc
print(f(1), f(2), f(3, []), f.__defaults__)
n = 1
def g(x=n): return x
n = 2
print(g(), n)
def make():
    print("evaluated")
    return 5
def h(a=make(), *, b=make()): return a, b
print(h(), h(1), h(b=2))
fs = [lambda i=i: i for i in range(3)]
print([k() for k in fs])
def order(a=print("first"), b=print("second")): pass
try:
    compile("def f(a=1, b): pass", "<t>", "exec")
except SyntaxError as error:
    print(error.msg)
