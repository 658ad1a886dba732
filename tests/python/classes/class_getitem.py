class Box:
    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item!r}]"

class Small(Box): pass

print(Box[int])
print(Small[1, 2])
print(Small["x"])
try:
    class Plain: pass
    Plain[1]
except TypeError as error:
    print(error)
print(list[int], dict[str, list[int]])
print(list[int].__origin__, list[int].__args__)
print(list[int]([1, 2]))
class Meta(type):
    def __getitem__(cls, item):
        return "meta", item
class Both(metaclass=Meta):
    def __class_getitem__(cls, item):
        return "class", item
print(Both[3])
