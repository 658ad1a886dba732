a = [1, 2, 3, 4]
for x in a:
    if x == 2: a.remove(x)
    print(x, a)
b = [1]
for x in b:
    if len(b) < 5: b.append(x + 1)
print(b)
it = iter(b)
next(it)
print(it.__length_hint__(), list(it), list(it))
b.append(9)
print(list(it))
c = [3, 2, 1]
def key(x):
    c.append(x)
    return x
try:
    c.sort(key=key)
except ValueError as error:
    print(error)
class Evil:
    def __eq__(self, other):
        d.clear()
        return False
d = [Evil(), Evil(), Evil()]
print(5 in d, d)
e = [1, 2]; e.append(e); print(e, repr(e), e == e, len(e))
r = reversed([1, 2, 3]); print(next(r), list(r), type(r).__name__)

def told(change):
    f = [2, 1]
    def key(x):
        change(f)
        return x
    try:
        f.sort(key=key)
    except ValueError as error:
        return error, f
    return "not told", f
def comes_and_goes(f): f.append(3); f.pop()
def comes_and_is_cleared(f): f.append(3); f.clear()
def within(f): f.sort()
def within_and_changed(f): f.sort(); f.append(3); f.sort(); f.pop()
for change in (comes_and_goes, comes_and_is_cleared, within, within_and_changed, list.clear):
    print(*told(change))
