a, b = {1, 2, 3}, {3, 4}
print(sorted(a | b), a & b, sorted(a - b), sorted(a ^ b), a < b, {1} < a, a <= a, a > {1, 2}, a >= b, a == {3, 2, 1}, a != b, a.isdisjoint({9}), 2 in a, len(a), sorted(a.union([7], (8,))), a.intersection([1, 5]), a.difference([1], [2]), sorted(a.symmetric_difference("x"), key=str), {1}.issubset(a), a.issuperset([1]))
a.add(5); a.discard(99); a.remove(1); a.update([6], {7}); a |= {8}; a &= {2, 3, 5, 8}; a -= {2}; a ^= {3, 100}
print(sorted(a), set(), {*()}, repr({1}), set("aa"), len({1, 1.0, True}), {1}.pop(), sorted(a.copy()))
a.intersection_update([5, 8]); a.difference_update([8]); a.symmetric_difference_update([5, 6]); print(a); a.clear(); print(a, bool(a))
for f in (lambda: set().pop(), lambda: {1}.remove(5), lambda: {1} | [1], lambda: {1} < 5, lambda: set(5), lambda: hash(set()), lambda: {1} + {2}, lambda: set(1, 2), lambda: {1}.union(3), lambda: {1}[0]):
    try:
        f()
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)
x = {1, 2}
try:
    for i in x: x.add(i + 10)
except RuntimeError as error:
    print(error)
