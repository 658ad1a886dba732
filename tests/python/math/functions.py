import math
print(math.pi, math.e, math.tau, math.inf, math.nan, math.sqrt(2), math.floor(-2.5), math.ceil(2.1), math.trunc(-2.9), math.fabs(-3), math.factorial(20), math.gcd(12, 18, 8), math.lcm(4, 6), math.comb(10, 3), math.perm(5, 2), math.isqrt(10 ** 20), math.hypot(3, 4), math.dist((0, 0), (3, 4)), math.prod([1, 2, 3, 4]), math.prod([], start=5))
print(math.exp(1), math.log(10), math.log(8, 2), math.log2(1024), math.log10(1000), math.log1p(0), math.expm1(0), math.pow(2, 0.5), math.sin(0), math.cos(0), math.atan2(1, 1), math.degrees(math.pi), math.radians(180), round(math.cbrt(27), 9), math.exp2(3))
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1), math.isclose(0.1 + 0.2, 0.3), math.copysign(1, -0.0), math.frexp(8), math.ldexp(0.5, 4), math.modf(-2.5), math.fmod(-7, 3), math.remainder(7, 4), math.fsum([0.1] * 10), math.nextafter(1, 2), math.ulp(1.0), math.gamma(5), math.erf(0), math.sumprod([1, 2], [3, 4]), math.fma(2, 3, 4), math.log(10 ** 400), math.gcd(), math.lcm())
for f in (lambda: math.floor(math.inf), lambda: math.exp(1000), lambda: math.sqrt("a"), lambda: math.factorial(1.5), lambda: math.gcd(1.5), lambda: math.ceil(math.nan), lambda: math.sqrt(), lambda: math.comb(-1, 2), lambda: math.isqrt(-1), lambda: math.factorial(-1), lambda: math.pow(0, -1), lambda: math.floor("a")):
    try:
        f()
    except (OverflowError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
