class A:
    def __repr__(self): return "A()"
class B(A):
    def __str__(self): return "b"
class C:
    def __str__(self): return 3
    def __repr__(self): return None

print(A(), repr(A()), [A(), B()], str(B()), {1: B()})
for f in (str, repr):
    try:
        f(C())
    except TypeError as error:
        print(error)
print(f"{B()!r} {B()!s} {B()!a}")
class U:
    def __repr__(self): return "é"
print(ascii(U()), repr(U()))
print(str(object)[:8], repr(A), repr(int))
