class A:
    kind = "A"

    @staticmethod
    def add(x, y):
        return x + y

    @classmethod
    def name(cls, suffix=""):
        return cls.kind + suffix

class B(A):
    kind = "B"

print(A.add(1, 2), A().add(3, 4), B.add(5, 6))
print(A.name(), B.name("!"), B().name("?"))
print(type(A.__dict__["add"]).__name__, type(A.__dict__["name"]).__name__)
print(A.name.__self__ is A, A.name.__func__ is A.__dict__["name"].__func__)
print(A.__dict__["add"](7, 8))
try:
    A.__dict__["name"]()
except TypeError as error:
    print(error)
print(A.add.__name__, A.__dict__["add"].__wrapped__ is A.add)
