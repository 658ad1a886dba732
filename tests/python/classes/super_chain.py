class Root:
    def greet(self):
        return ["Root"]

class Left(Root):
    def greet(self):
        return ["Left"] + super().greet()

class Right(Root):
    def greet(self):
        return ["Right"] + super(Right, self).greet()

class Both(Left, Right):
    def greet(self):
        return ["Both"] + super().greet()

    @classmethod
    def make(cls):
        return cls()

class Child(Both):
    @classmethod
    def make(cls):
        made = super().make()
        made.extra = 1
        return made

print(Both().greet())
print(Child.make().extra, type(Child.make()).__name__)
print(super(Left, Both()).greet())
try:
    super(Both, Both()).missing
except AttributeError as error:
    print(error)
