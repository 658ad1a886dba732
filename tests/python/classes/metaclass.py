class Meta(type):
    @classmethod
    def __prepare__(mcls, name, bases, **options):
        print("prepare", name, [b.__name__ for b in bases], options)
        return {"made_by": "prepare"}

    def __new__(mcls, name, bases, namespace, **options):
        print("new", name, sorted(k for k in namespace if not k.startswith("__")))
        return super().__new__(mcls, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **options):
        print("init", name, options)
        super().__init__(name, bases, namespace)

    def __call__(cls, *args):
        print("call", cls.__name__, args)
        return super().__call__(*args)

    def __len__(cls):
        return 7

class A(metaclass=Meta, flag=1):
    def __init__(self, x):
        self.x = x

class B(A):
    y = 2

print(B(4).x, B.made_by, len(B), type(B).__name__)
print(isinstance(B, Meta), isinstance(B(1), A))
class Plain(type): pass
class Made(metaclass=Plain): x = 1
print(type(Made.__dict__).__name__, "x" in Made.__dict__, "__dict__" in Plain.__dict__)
