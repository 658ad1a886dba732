# Rows of items of pools, and iterators that are copied.

from itertools import combinations, combinations_with_replacement, islice, permutations, product, tee

for r in range(5):
    print(r, [''.join(c) for c in combinations('abcd', r)])
    print(r, [''.join(c) for c in combinations_with_replacement('abc', r)])
    print(r, [''.join(c) for c in permutations('abc', r)])
print(list(permutations(range(3))), list(permutations([])), list(permutations('ab', None)))
print(list(combinations_with_replacement([], 0)), list(combinations_with_replacement([], 1)), list(combinations([], 0)))
print(list(product()), list(product('ab', [])), list(product('ab', range(2))))
print([''.join(p) for p in product('ab', repeat=3)], list(product('ab', repeat=0)))
print(len(list(permutations(range(6), 4))), len(list(combinations(range(10), 5))))
print(sum(1 for _ in product(range(4), repeat=5)))
for bad in ['combinations([], -1)', 'combinations([])', "permutations([], 'a')", 'permutations([1], -1)', 'product(5)',
            'product([], repeat=-1)', 'product([], times=2)', 'combinations_with_replacement([1], -2)', 'combinations([1], r=1.5)',
            'tee()', 'tee([], -1)', 'tee(5)', "tee([], 'a')"]:
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, '->', type(e).__name__, e)

a, b = tee(iter('abcd'))
print(next(a), next(a), next(b), list(a), list(b), list(a))
a, b, c = tee(range(200), 3)
print(sum(a), sum(islice(b, 100)), sum(c), sum(b))
print(tee([], 0), len(tee([1], 5)), type(a), type(a).__name__)
a, = tee('xyz', 1)
next(a)
d = a.__copy__()
print(list(a), list(d))
again, = tee(tee('ab')[0], 1)
print(list(again))
gone = []


class Item:
    def __del__(self):
        gone.append(1)


a, b = tee(Item() for _ in range(100))
for _ in a:
    pass
del _
print(len(gone))
del b
print(len(gone))


def recursive():
    yield next(inner)


inner, outer = tee(recursive())
try:
    next(outer)
except RuntimeError as e:
    print(e)
