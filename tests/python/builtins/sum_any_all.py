print(sum([1, 2, 3]), sum([1.5, 2]), sum([], 5), sum([[1], [2]], []), sum([(1,), (2,)], ()), sum(range(5), start=10), sum([0.1] * 3), sum([1e100, 1.0, -1e100]), sum([True, True]), sum([1j, 2]))
print(any([]), all([]), any([0, 1]), all([1, 0]), any("ab"), all(x > 0 for x in [1, 2]), any(x > 5 for x in [1, 2]))
seen = []
def log(x): seen.append(x); return x
print(any(log(x) for x in [0, 2, 3]), all(log(x) for x in [1, 0, 5]), seen)
for f in (lambda: sum(["a"]), lambda: sum(["a"], ""), lambda: sum([b"a"], b""), lambda: sum(5), lambda: any(5), lambda: sum(), lambda: all(), lambda: sum([1], [])):
    try:
        print(f())
    except TypeError as error:
        print(error)
