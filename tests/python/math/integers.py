import math
def show(f, *a):
    try:
        return f(*a)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
for n in (0, 1, 2, 5, 20, 21, 30, 100):
    print(n, math.factorial(n), math.isqrt(n * n * 3 + 1), [math.comb(n, k) for k in range(0, n + 2, 3)], math.perm(n, min(n, 7)))
print(math.comb(1000, 400) % 10 ** 20, math.perm(10 ** 20, 12), math.comb(10 ** 20, 5))
print(show(math.comb, 10 ** 30, 10 ** 25), show(math.perm, 10 ** 30, 10 ** 25), show(math.factorial, 2 ** 70))
print(math.gcd(6), math.gcd(-4, 6), math.gcd(2 ** 80, 2 ** 70), math.lcm(0, 5), math.lcm(4, -6), math.lcm(2 ** 65, 3))
class Index:
    def __index__(self): return 7
print(math.factorial(Index()), math.gcd(Index(), 14), math.isqrt(Index()), math.comb(Index(), 2))
for f, a in ((math.factorial, ("a",)), (math.factorial, (5.0,)), (math.comb, (5.0, 1)), (math.comb, (3, -1)), (math.perm, (-1, 2)), (math.perm, (3, -2)), (math.isqrt, (2.0,)), (math.lcm, ("x",))):
    print(f.__name__, show(f, *a))
print(math.comb(5, 9), math.perm(5, 9), math.comb(0, 0), math.perm(4), math.perm(4, None))
