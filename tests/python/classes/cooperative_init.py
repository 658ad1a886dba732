# super() goes along the order of the object's class, with keyword arguments peeled off.
class Root:
    def __init__(self, **rest):
        print("Root", sorted(rest))


class Left(Root):
    def __init__(self, *, left, **rest):
        print("Left", left)
        super().__init__(**rest)


class Right(Root):
    def __init__(self, *, right, **rest):
        print("Right", right)
        super().__init__(**rest)


class Both(Left, Right):
    def __init__(self, **rest):
        print("Both")
        super().__init__(**rest)


Both(left=1, right=2)
print([cls.__name__ for cls in Both.__mro__])
try:
    class Wrong(Root, Left):
        pass
except TypeError as error:
    print(error)
