# Slices with every sign of bounds and steps, read, assigned and deleted.
a = list(range(10))
for s in (slice(None), slice(2, 7), slice(-3, None), slice(None, None, -1), slice(8, 2, -2), slice(20, -20, -3), slice(5, 5)):
    print(s.indices(10), a[s])
a[2:5] = "xyz!"
print(a)
a[::3] = [0] * len(a[::3])
print(a)
try:
    a[::2] = [1]
except ValueError as error:
    print(error)
del a[1::2]
print(a)
a[len(a):] = [1, 2]
a[:0] = [9]
print(a, a * 2 == a + a, a.index(9), a.count(0))
