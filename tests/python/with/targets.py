class Gives:
    def __init__(self, v): self.v = v
    def __enter__(self): return self.v
    def __exit__(self, *a): return False
with Gives((1, [2, 3])) as (a, [b, *c]): print(a, b, c)
d = {}
with Gives(5) as d["k"]: print(d)
class O: pass
o = O()
with Gives(6) as o.attr, Gives(7) as (d["z"]): print(o.attr, d)
for i in range(3):
    with Gives(i) as n:
        if n == 1: continue
        if n == 2: break
    print("after", n)
print(n)
try:
    with Gives((1, 2)) as (x, y, z): pass
except ValueError as error:
    print(error)
