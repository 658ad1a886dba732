def f(x):
    match x:
        case []: return "empty"
        case [a]: return ("one", a)
        case [1, *rest]: return ("starts with 1", rest)
        case [first, *_, "end"]: return ("ends", first)
        case (a, [b, c]): return ("nested", a, b, c)
        case [a, b, *others]: return ("many", a, b, others)
        case _: return "no sequence"
for x in ([], (), [5], (1, 2, 3), [0, 1, "end"], [2, [3, 4]], range(3), "ab", b"ab", bytearray(b"ab"), {1, 2}, {"a": 1}, [7, 8], iter([1])):
    print(f(x))
class Seq:
    def __len__(self): return 2
    def __getitem__(self, i): return i
print(f(Seq()))
class L(list): pass
print(f(L([9])), f(memoryview(b"z")))
