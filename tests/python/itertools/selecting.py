# What is taken out of iterators, and when.
from itertools import (accumulate, batched, chain, compress, dropwhile, filterfalse, groupby, islice, pairwise, starmap,
                       takewhile, zip_longest)


def told(name, items):
    for item in items:
        print(f'{name}{item}', end=' ')
        yield item
    print(f'{name}.', end=' ')


def show(iterator):
    print(list(iterator))


show(chain('ab', [1], (), range(2)))
show(chain())
show(chain.from_iterable(['ab', [1]]))
c = chain([1], 5, [2])
print(next(c))
for _ in range(2):
    try:
        print(next(c))
    except (TypeError, StopIteration) as e:
        print(type(e).__name__, e)
print(chain[int])
show(compress('abcdef', [1, 0, 1, 0, 1]))
show(compress(data='ab', selectors=[0, 1]))
show(compress(told('d', 'abc'), told('s', [1, 0])))
show(dropwhile(lambda x: x < 3, [1, 2, 3, 1, 2]))
show(takewhile(lambda x: x < 3, told('t', [1, 2, 3, 1, 2])))
t = takewhile(bool, iter([1, 0, 1]))
print(next(t), next(t, 'end'), next(t, 'end'))
show(filterfalse(None, [0, 1, '', 'a']))
show(filterfalse(lambda x: x % 2, range(6)))
show(filterfalse(bool, [0, 1, []]))
show(starmap(pow, [(2, 3), [3, 2], iter((4, 1))]))
for args in [(4,), (2, 5), (2, None), (0, 7, 3), (None,), (1, 2, None), (3, 3), (5, 2), (0, 0)]:
    source = told('i', range(6))
    print(args, list(islice(source, *args)), list(source))
i = islice(iter(range(10)), 2, 8, 3)
print(next(i), next(i), next(i, None))
for bad in ['islice([])', 'islice([], -1)', "islice([], 'a')", 'islice([], 1, -1)', 'islice([], 1, 2, 0)', 'islice([], 1, 2, 3, 4)', 'islice([], a=1)',
            'compress([])', 'dropwhile(1)', 'starmap(pow, [1]).__next__()', 'takewhile(1, 2)', 'batched([], 0)', "batched([], 'a')",
            'batched([])', 'pairwise(5)', 'accumulate()', 'zip_longest(5)', 'zip_longest([], fill=1)', 'filterfalse()',
            'chain(a=1)', 'groupby()', 'batched([1, 2, 3], 2, strict=True).__next__()']:
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, '->', type(e).__name__, e)
b = batched('abcde', 2, strict=True)
try:
    print(next(b), next(b), next(b))
except ValueError as e:
    print(e, list(b))
show(batched('abcde', 2))
show(batched(iterable='ab', n=5))
show(pairwise('abcd'))
show(pairwise('a'))
show(accumulate([1, 2, 3, 4]))
show(accumulate('abc'))
show(accumulate([3, 1, 4], max))
show(accumulate([3, 1, 4], func=lambda a, b: a * b, initial=10))
show(accumulate([], initial=None))
show(accumulate([], initial=5))
show(zip_longest('abc', [1], fillvalue='-'))
show(zip_longest())
show(zip_longest([], [], fillvalue=0))
show(zip_longest(told('x', [1, 2]), told('y', [1])))
for key, group in groupby('aabbbcaa'):
    print(key, list(group), end=' ')
print()
show((k, list(g)) for k, g in groupby([1, 3, 2, 4, 5], key=lambda x: x % 2))
groups = groupby('aab')
key, first = next(groups)
print(key, next(first))
key, second = next(groups)
print(key, list(first), list(second), list(groups), type(first))
