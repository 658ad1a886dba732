class Field:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return getattr(instance, self.name, "unset")

    def __set__(self, instance, value):
        setattr(instance, self.name, value * 2)

class Point:
    x = Field()
    y = Field()

p = Point()
print(p.x)
p.x = 4
print(p.x, p.y, p.__dict__)
print(type(Point.x).__name__)
Point.z = Field()
print(hasattr(Point.z, "name"))
class Bad:
    def __set_name__(self, owner, name):
        raise ValueError("no " + name)
try:
    class Uses:
        attribute = Bad()
except ValueError as error:
    print(error, error.__notes__)
