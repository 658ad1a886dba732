class A:
    def __new__(cls, *args):
        print("new", cls.__name__, args)
        return super().__new__(cls)
    def __init__(self, *args):
        print("init", args)

A(1, 2)
class Other:
    def __new__(cls):
        return 42
    def __init__(self):
        print("never")
print(Other())
class Bad:
    def __init__(self): return 1
class Plain: pass
for make in (Bad, lambda: Plain(1), lambda: object(1), lambda: object.__new__(), lambda: object.__new__(3), lambda: object.__new__(int)):
    try:
        make()
    except TypeError as error:
        print(error)
class Single:
    it = None
    def __new__(cls):
        if cls.it is None:
            cls.it = super().__new__(cls)
        return cls.it
print(Single() is Single())
