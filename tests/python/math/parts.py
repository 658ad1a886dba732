import math
def show(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
values = [0.0, -0.0, 1.0, -2.5, 1e300, 5e-324, math.inf, -math.inf, math.nan]
for f in (math.frexp, math.modf, math.ulp, math.floor, math.ceil, math.trunc, math.isfinite, math.isinf, math.isnan, math.fabs):
    print(f.__name__, [show(f, v) for v in values])
for f in (math.copysign, math.fmod, math.remainder, math.nextafter, math.pow):
    print(f.__name__, [show(f, v, w) for v in values for w in (1.0, -0.0, 3, -math.inf)])
for x, y, steps in ((1.0, 2.0, 0), (1.0, 2.0, 5), (0.0, 1.0, 3), (-5e-324, 1.0, 1), (-5e-324, 1.0, 2), (1.0, -1.0, 2 ** 70), (1.0, 1.0, 3), (0.0, -0.0, 1), (math.inf, 0.0, 3), (math.nan, 0.0, 3), (1.0, 2.0, -1), (3.0, -3.0, 2 ** 62 + 5)):
    print(show(math.nextafter, x, y, steps=steps))
print(show(math.ldexp, 1.0, 5000), show(math.ldexp, 1.0, -5000), show(math.ldexp, 1.5, 10 ** 30), math.ldexp(0.0, 10 ** 30), show(math.ldexp, 1.0, 1.0), math.ldexp(3.0, -1075), show(math.ldexp, -1.0, 2000))
print(show(math.fma, 0.1, 10, -1), show(math.fma, math.inf, 0, 1), show(math.fma, 1e308, 10, 0), math.fma(math.nan, 0, 1), show(math.fma, math.inf, 1, -math.inf))
print(math.isclose(1, 1 + 1e-10), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-10, abs_tol=1e-9), show(math.isclose, 1, 2, rel_tol=-1), math.isclose(math.inf, math.inf), math.isclose(math.nan, math.nan))
class Own:
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __trunc__(self): return "trunc"
    def __float__(self): return 2.5
class Float:
    def __float__(self): return 2.5
print(math.floor(Own()), math.ceil(Own()), math.trunc(Own()), math.sqrt(Own()), math.floor(Float()), math.ceil(Float()), show(math.trunc, Float()), math.floor(True), math.floor(10 ** 30))
