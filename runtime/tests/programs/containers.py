xs = [5, 3, 8, 1]
xs.append(9)
xs.extend((2, 7))
xs.insert(0, 100)
print(xs, len(xs), xs[0], xs[-1], xs[1:3], xs[::-1], xs[::3], xs[10:], xs[-3:-1])
print(xs.pop(), xs.pop(0), xs.index(8), xs.count(3), 8 in xs, 80 not in xs)
xs.sort()
print(xs, sorted(xs, key=lambda v: -v), sorted("banana"), sorted([(2, "b"), (1, "z"), (2, "a")]))
xs.reverse()
xs[1:3] = ["a", "b", "c"]
print(xs)
xs[::2] = [0] * len(xs[::2])
del xs[1::2]
print(xs, xs == [0, 0, 0, 0], [1, 2] < [1, 3], [1] * 3, [[0]] * 2 + [1])
xs.clear()
print(xs, not xs)
t = (1, 2, 3, 2)
print(t, t[1:], t + (4,), t * 2, t.count(2), t.index(3), (1,) < (1, 0), hash((1, 2)) == hash((1, 2)))
d = {"a": 1, "b": 2}
d["c"] = 3
d.update({"d": 4}, e=5)
print(d, len(d), "a" in d, "z" in d, d.get("z"), d.get("z", 0), d.setdefault("f", 6), d.pop("a"), d.pop("zz", None))
print(list(d), list(d.values()), list(d.items()), d.popitem(), d == dict(d), {1: 2} | {3: 4})
print({k: len(v) for k, v in {"x": [1], "y": []}.items()}, dict([("a", 1)]), dict(a=1, b=2), dict.fromkeys("ab", 0))
print(d.keys(), d.values(), d.items())
del d["b"]
print(d, {1: "int", 1.0: "float", True: "bool"}, {(1, 2): 3}[(1, 2)])
s = "Hello, World"
print(s.upper(), s.lower(), s.title(), s.swapcase(), s.find("o"), s.rfind("o"), s.replace("l", "L"), s.count("l"))
print(s[0], s[-1], s[::-1], s[2:5], s.split(", "), s.partition(", "), s.startswith("Hell"), s.endswith(("x", "d")))
print("  pad ".strip() + "|", "xxaxx".strip("x"), "a,b,,c".split(","), " a  b ".split(), "a b c".split(None, 1), "a-b-c".rsplit("-", 1))
print("-".join(["a", "b"]), "abc".center(9, "*"), "42".zfill(5), "-42".zfill(5), "a\nb\n".splitlines(), "ab" * 3, "b" in "abc")
print("abc" < "abd", "".join(reversed("abc")), "caf\u00e9"[3], len("caf\u00e9"), "12".isdigit(), "ab1".isalnum(), "ab".isalpha(), " ".isspace())
print(list(range(5)), list(range(5, 0, -2)), range(3) == range(0, 3), len(range(0, 10, 3)), 4 in range(0, 10, 2), range(10)[2:5])
print(list(enumerate("ab", 1)), list(zip([1, 2, 3], "ab")), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, 2])))
print(any([0, 1]), all([]), min("b", "a"), max([1, 3, 2], key=lambda v: -v), max([], default=5), list(reversed([1, 2])))
nested = [1]
nested.append(nested)
print(nested, list(iter([1, 2].pop, 1)))
cycle = {}
cycle["self"] = cycle
print(cycle)
a = [1, 2, 3]
b = a
b += [4]
print(a is b, a, a.copy() is a, list("abc"), tuple([1]), slice(1, 2), [*a, *"xy"], (*a, 0), {**{"k": 1}, "j": 2})
for bad in (
    lambda: [][0],
    lambda: [1].remove(2),
    lambda: [].pop(),
    lambda: (1,)[5],
    lambda: "a"[3],
    lambda: {}["k"],
    lambda: {[]: 1},
    lambda: len(5),
    lambda: [1, "a"].sort(),
    lambda: "a".join([1]),
    lambda: iter(5),
    lambda: range(1, 2, 0),
    lambda: [1, 2, 3][::0],
    lambda: {}.popitem(),
    lambda: dict([1]),
    lambda: "abc".index("z"),
):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
try:
    d = {1: 1}
    for k in d:
        d[k + 1] = 1
except RuntimeError as error:
    print(error)
# expect: [100, 5, 3, 8, 1, 9, 2, 7] 8 100 7 [5, 3] [7, 2, 9, 1, 8, 3, 5, 100] [100, 8, 2] [] [9, 2]
# expect: 7 100 2 1 True True
# expect: [1, 2, 3, 5, 8, 9] [9, 8, 5, 3, 2, 1] ['a', 'a', 'a', 'b', 'n', 'n'] [(1, 'z'), (2, 'a'), (2, 'b')]
# expect: [9, 'a', 'b', 'c', 3, 2, 1]
# expect: [0, 0, 0, 0] True True [1, 1, 1] [[0], [0], 1]
# expect: [] True
# expect: (1, 2, 3, 2) (2, 3, 2) (1, 2, 3, 2, 4) (1, 2, 3, 2, 1, 2, 3, 2) 2 2 True True
# expect: {'b': 2, 'c': 3, 'd': 4, 'e': 5, 'f': 6} 5 True False None 0 6 1 None
# expect: ['b', 'c', 'd', 'e', 'f'] [2, 3, 4, 5, 6] [('b', 2), ('c', 3), ('d', 4), ('e', 5), ('f', 6)] ('f', 6) True {1: 2, 3: 4}
# expect: {'x': 1, 'y': 0} {'a': 1} {'a': 1, 'b': 2} {'a': 0, 'b': 0}
# expect: dict_keys(['b', 'c', 'd', 'e']) dict_values([2, 3, 4, 5]) dict_items([('b', 2), ('c', 3), ('d', 4), ('e', 5)])
# expect: {'c': 3, 'd': 4, 'e': 5} {1: 'bool'} 3
# expect: HELLO, WORLD hello, world Hello, World hELLO, wORLD 4 8 HeLLo, WorLd 3
# expect: H d dlroW ,olleH llo ['Hello', 'World'] ('Hello', ', ', 'World') True True
# expect: pad| a ['a', 'b', '', 'c'] ['a', 'b'] ['a', 'b c'] ['a-b', 'c']
# expect: a-b ***abc*** 00042 -0042 ['a', 'b'] ababab True
# expect: True cba é 4 True True True True
# expect: [0, 1, 2, 3, 4] [5, 3, 1] True 4 True range(2, 5)
# expect: [(1, 'a'), (2, 'b')] [(1, 'a'), (2, 'b')] [4, 6] [1, 2]
# expect: True True a 1 5 [2, 1]
# expect: [1, [...]] [2]
# expect: {'self': {...}}
# expect: True [1, 2, 3, 4] False ['a', 'b', 'c'] (1,) slice(1, 2, None) [1, 2, 3, 4, 'x', 'y'] (1, 2, 3, 4, 0) {'k': 1, 'j': 2}
# expect: IndexError list index out of range
# expect: ValueError list.remove(x): x not in list
# expect: IndexError pop from empty list
# expect: IndexError tuple index out of range
# expect: IndexError string index out of range
# expect: KeyError 'k'
# expect: TypeError unhashable type: 'list'
# expect: TypeError object of type 'int' has no len()
# expect: TypeError '<' not supported between instances of 'str' and 'int'
# expect: TypeError sequence item 0: expected str instance, int found
# expect: TypeError 'int' object is not iterable
# expect: ValueError range() arg 3 must not be zero
# expect: ValueError slice step cannot be zero
# expect: KeyError 'popitem(): dictionary is empty'
# expect: TypeError cannot convert dictionary update sequence element #0 to a sequence
# expect: ValueError substring not found
# expect: dictionary changed size during iteration
