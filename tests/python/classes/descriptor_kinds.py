# Data descriptors come before the instance's dict, others after it.
class Data:
    def __get__(self, obj, owner=None):
        return "data" if obj is not None else self

    def __set__(self, obj, value):
        obj.__dict__["data"] = ("set", value)


class NonData:
    def __get__(self, obj, owner=None):
        return "non-data"


class Holder:
    data = Data()
    other = NonData()


h = Holder()
print(h.data, h.other)
h.data = 1
h.other = 2
print(h.data, h.other, h.__dict__)
del h.other
print(h.other, isinstance(Holder.data, Data))
h.__dict__["data"] = "hidden"
print(h.data)
