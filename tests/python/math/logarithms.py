import math
def show(f, *a):
    try:
        return f(*a)
    except Exception as error:
        return f"{type(error).__name__}"
print(math.log(10 ** 400), math.log(2 ** 2000, 2), math.log2(2 ** 2000), math.log10(10 ** 400), math.log(2 ** 1000), math.log(math.inf), math.log1p(1e-20), math.log(3, 9))
print(show(math.log, 0), show(math.log, -5), show(math.log, 5, 0), show(math.log, 7, 1), show(math.log10, 0.0), show(math.log2, -3.0), show(math.log1p, -1), show(math.acos, 2), show(math.sqrt, -1), show(math.sin, math.inf), show(math.gamma, -2), show(math.gamma, 500), show(math.lgamma, 0), show(math.atanh, 1), show(math.acosh, -1e9), show(math.cosh, 1e9))
print([math.gamma(n) for n in range(1, 24)], math.lgamma(1), math.lgamma(2), math.lgamma(math.inf), math.lgamma(-math.inf))
