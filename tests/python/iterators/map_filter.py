print(list(map(str, [1, 2])), list(map(lambda a, b: a * b, [1, 2, 3], [4, 5])), list(map(max, "ab", "ba", "cc")), list(filter(None, [0, 1, "", "a", [], None])), list(filter(lambda x: x > 1, range(4))), list(map(int, "123")), sum(map(len, ["a", "bb"])))
m = map(print, "ab"); print("lazy"); next(m); print(list(m), iter(m) is m, type(filter(None, [])).__name__)
for f in (lambda: map(str), lambda: map(), lambda: list(map(1, [1])), lambda: filter(None), lambda: list(filter(1, [1])), lambda: map(str, 5), lambda: list(map(lambda: 1, [1])), lambda: next(map(int, ["x"]))):
    try:
        print(f())
    except (TypeError, ValueError) as error:
        print(error)
def gen():
    for i in range(3):
        print("produce", i)
        yield i
for x in filter(lambda v: v != 1, map(lambda v: v * 1, gen())): print("consume", x)
