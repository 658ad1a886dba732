a = [3, 1, 2]
a.append(5); a.extend([7, 8]); a.extend("x"); a.insert(0, "first"); a.insert(-1, "near"); a.insert(100, "last")
print(a, a.pop(), a.pop(0), a.pop(-2), a.index(5), a.count(1), a.remove(1), a, len(a))
a.reverse(); print(a)
b = a.copy(); b.clear(); print(a, b, a + [0], a * 2, [] * 5, a == a[:], a is a[:])
a += (1, 2); a *= 1; print(a)
n = [5, 2, 9, 1]
n.sort(); print(n); n.sort(reverse=True); print(n); n.sort(key=lambda x: -x % 5); print(n)
w = ["bb", "a", "ccc", "dd"]; w.sort(key=len); print(w, sorted(w, key=len, reverse=True))
for f in (lambda: [].pop(), lambda: [1].pop(5), lambda: [].remove(1), lambda: [1][1], lambda: [1, "a"].sort(), lambda: [1] + (2,), lambda: [1] * "a", lambda: [].extend(1), lambda: [1].__setitem__(1, 2), lambda: [1].__delitem__(3), lambda: hash([]), lambda: [].append(), lambda: [].insert(1), lambda: [1].sort(1), lambda: [1] < [""]):
    try:
        print(f())
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
