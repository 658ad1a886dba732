class A:
    def __eq__(self, o): return self == o
    def __repr__(self): return repr(self)
    def __len__(self): return len(self)
    def __iter__(self): return iter(self)
    def __hash__(self): return hash(self)
    def __add__(self, o): return self + o
for f in (lambda: A() == 1, lambda: repr(A()), lambda: len(A()), lambda: iter(A()), lambda: hash(A()), lambda: A() + 1):
    try:
        f()
    except RecursionError:
        print("RecursionError")
x = []
for _ in range(100000): x = [x]
try:
    repr(x)
except RecursionError:
    print("nested repr")
while x: x = x[0]
print("unwound")
