class C:
    def __complex__(self): return 5 + 1j
class F:
    def __float__(self): return 2.5
class I:
    def __index__(self): return 7
print(complex(C()), complex(F()), complex(I()), complex(real=1, imag=2), complex(True))
class Bad:
    def __complex__(self): return 1
try:
    complex(Bad())
except TypeError as error:
    print(error)
print(complex(float("nan"), float("inf")), complex(1e300, 1e-300), (1 + 2j).__abs__() == abs(1 + 2j), (3 + 4j) ** -1, (2 + 0j) ** 0.5, (1 + 1j) ** 0)
print((1 + 2j) == (1 + 2j), (1 + 2j) in [1 + 2j], sorted([3 + 0j, 1j], key=abs), sum([1j, 2, 3.5]), f"{1 + 2j:.1f} {3j:g}")
z = 0j
for _ in range(5): z = z * z + (-0.5 + 0.5j)
print(round(z.real, 6), round(z.imag, 6))
