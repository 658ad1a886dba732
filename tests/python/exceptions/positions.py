class A:
    b = None
data = {"key": [1, 2, {"x": A()}]}
def f(*args): return args
f(1, 2,
  data["key"][2]["x"].b.c.d,
  3)
