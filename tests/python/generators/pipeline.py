def numbers(limit):
    for i in range(limit): yield i
def evens(source):
    for x in source:
        if x % 2 == 0: yield x
def squared(source):
    yield from (x * x for x in source)
def chunks(source, size):
    part = []
    for x in source:
        part.append(x)
        if len(part) == size:
            yield tuple(part)
            part = []
    if part: yield tuple(part)
print(list(chunks(squared(evens(numbers(20))), 3)))
def walk(tree):
    if tree:
        left, value, right = tree
        yield from walk(left)
        yield value
        yield from walk(right)
print(list(walk(((None, 1, None), 2, ((None, 3, None), 4, None)))))
def permutations(items):
    if not items: yield []
    for i, x in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]): yield [x] + rest
print([*permutations([1, 2, 3])])
