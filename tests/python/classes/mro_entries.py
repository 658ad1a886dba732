class Stand:
    def __init__(self, real): self.real = real
    def __mro_entries__(self, bases):
        print("entries", len(bases))
        return (self.real,)
class A: pass
class B(Stand(A)): pass
print(B.__bases__, [type(b).__name__ for b in B.__orig_bases__])
class C(list[int]): pass
print(C.__bases__, C.__orig_bases__)
try:
    class D(3): pass
except TypeError as error:
    print(error)
