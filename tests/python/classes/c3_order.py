class A: pass
class B(A): pass
class C(A): pass
class D(B, C): pass
class E(C): pass
class F(D, E): pass

for cls in (D, F):
    print([c.__name__ for c in cls.__mro__])
print([c.__name__ for c in F.mro()])
print(F.__bases__ == (D, E), F.__base__ is D)
try:
    class X(A, B): pass
except TypeError as error:
    print(error)
try:
    class Y(A, A): pass
except TypeError as error:
    print(error)
