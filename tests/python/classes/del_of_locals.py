# Locals are given back in their order, while what they run leaves the rest of them alone.
class D:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        a = b = c = d = e = f = g = h = self.n
        a, b, c, d, e, f, g, h = [1] * 8
        print("del", self.n)
def f():
    x1 = D(1); x2 = D(2); x3 = D(3); x4 = D(4); x5 = D(5); x6 = D(6); x7 = D(7); x8 = D(8)
    return 5
print(f())
