print(hash(0), hash(-1), hash(-2), hash(1) == hash(1.0) == hash(True) == hash(1 + 0j), hash(2 ** 61), hash(2 ** 61 - 1), hash(2 ** 62), hash(-(2 ** 61)), hash(0.5), hash(-0.5), hash(1e20) == hash(10 ** 20))
print(hash((1, 2, 3)) == hash((1, 2, 3)), hash(()) == hash(()), hash(frozenset()) == hash(frozenset()), hash("a" + "b") == hash("ab"), hash(b"ab") == hash(b"ab"), hash(None) == hash(None), hash(range(3)) == hash(range(3)), hash(int) == hash(int))
print(hash((1, 2)), hash((0,)), hash(()), hash((1.0, -1)), hash(frozenset([1, 2, 3])), hash(3j), hash(1.5 + 2j))
class A:
    def __hash__(self): return 10 ** 30
print(hash(A()) == hash(10 ** 30), hash(object()) is None)
for v in ([], {}, set(), bytearray(), ([],), ({},)):
    try:
        hash(v)
    except TypeError as error:
        print(error)
