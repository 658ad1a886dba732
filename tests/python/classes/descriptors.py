class Data:
    def __get__(self, obj, cls): return "data"
    def __set__(self, obj, value): print("set", value)

class NonData:
    def __get__(self, obj, cls): return "nondata"

class Deleter:
    def __delete__(self, obj): print("delete")

class A:
    d = Data()
    n = NonData()
    x = Deleter()

a = A()
a.__dict__.update(d="own d", n="own n")
print(a.d, a.n)
a.d = 3
a.n = "new"
print(a.n, A.n, A.d)
del a.x
try:
    a.x = 1
except AttributeError as error:
    print(type(error).__name__, error)
try:
    del a.d
except AttributeError as error:
    print(type(error).__name__, error)
print(A.__dict__["n"].__get__(None, A))
