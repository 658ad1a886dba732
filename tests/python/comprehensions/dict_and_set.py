print({k: v for k, v in zip("abc", range(3))}, {v: k for k, v in {"a": 1, "b": 2}.items()})
print(sorted({x % 3 for x in range(10)}), {x: {y for y in range(x)} for x in range(3)})
print({i: i for i in range(5) if i & 1}, {c: "aab".count(c) for c in "aab"})
order = []
def k(x): order.append(("k", x)); return x
def v(x): order.append(("v", x)); return x
print({k(i): v(i) for i in range(2)}, order)
print({(a, b): a * b for a in (1, 2) for b in (3, 4)}[2, 4])
try:
    {[]: 1 for _ in "a"} if False else {x for x in 3}
except TypeError as error:
    print(error)
print({**{i: 1 for i in "a"}, **{"b": 2}}, type({x for x in ""}), type({x: x for x in ""}))
