import math
def show(f, *a):
    try:
        return f(*a)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
print(math.fsum([0.1] * 10), math.fsum([1e16, 1.0, -1e16]), math.fsum([1e308, -1e308, 1]), math.fsum([]), math.fsum([2.0 ** 53, -0.5, -2.0 ** -54]))
print(show(math.fsum, [math.inf, 1]), show(math.fsum, [math.inf, -math.inf]), show(math.fsum, [math.nan, 1.0]), show(math.fsum, [1e308, 1e308]), show(math.fsum, ["a"]), show(math.fsum, 5))
print(math.sumprod([1, 2.5, 3], [4, 5, 6.5]), math.sumprod([10 ** 30, 1], [10 ** 30, 0.5]), math.sumprod([], []), math.sumprod([True, 2], [5, False]), math.sumprod([0.1] * 10, [0.1] * 10), math.sumprod([1e16, 1, -1e16], [1.0, 1.0, 1.0]), math.sumprod([10 ** 20] * 3, [10 ** 20] * 3))
print(show(math.sumprod, [1], [1, 2]), show(math.sumprod, ["a"], [3]), show(math.sumprod, [math.inf], [0.0]), show(math.sumprod, [1e200], [1e200]))
print(math.prod([1, 2.5]), show(math.prod, ["a"]), math.prod([]), math.prod([3, 4], start=2), show(math.prod, 5))
print(math.hypot(), math.hypot(1e-320, 1e-320), math.hypot(1e308, 1e308), math.hypot(math.nan, math.inf), math.hypot(3, 4, 12), show(math.hypot, "a"), math.hypot(*[1.0] * 10))
print(show(math.dist, [1], [1, 2]), math.dist([], []), math.dist(iter([1, 2]), (4, 6)), show(math.dist, (1,), 5))
