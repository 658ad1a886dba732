class AppError(Exception):
    def __init__(self, code, text):
        super().__init__(code, text)
        self.code = code
    def __str__(self): return f"[{self.code}] {self.args[1]}"
class Worse(AppError): pass
try:
    raise Worse(7, "bad")
except AppError as error:
    print(error, repr(error), error.args, error.code)
e = AppError(1, "x")
e.args = ("changed",)
print(e.args, repr(e))
class Quiet(Exception): pass
print(repr(Quiet()), str(Quiet()), repr(Quiet("a")), str(Quiet("a", 1)))
class K(KeyError): pass
print(str(K("a")), str(KeyError("a", "b")), str(LookupError("a")))
try:
    raise AppError(1)
except TypeError as error:
    print(error)
