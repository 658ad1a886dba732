class Old:
    def __getitem__(self, i):
        if i >= 4:
            raise IndexError(i)
        return i * i

print(list(Old()), 9 in Old(), 8 in Old())
a, b, *rest = Old()
print(a, b, rest)
for i in Old():
    print(i, end=" ")
print()
class Sized(Old):
    def __len__(self): return 4
print(list(reversed(Sized())))
try:
    reversed(Old())
except TypeError as error:
    print(error)
class Wrong:
    def __getitem__(self, i):
        raise ValueError("odd")
try:
    list(Wrong())
except ValueError as error:
    print(error)
class NoIter(Old):
    __iter__ = None
try:
    iter(NoIter())
except TypeError as error:
    print(error)
