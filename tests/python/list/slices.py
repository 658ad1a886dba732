a = list(range(10))
print(a[2:5], a[::-1], a[::3], a[-3:], a[5:2], a[8:100], a[-100:2], a[9:2:-3], a[:], a[None:None:2])
a[2:4] = ["x", "y", "z"]; print(a)
a[1:1] = [100, 200]; print(a)
a[:3] = []; print(a)
a[::2] = range(len(a[::2])); print(a)
del a[1:3]; print(a)
del a[::2]; print(a)
a[:] = "abc"; print(a)
a[5:] = [9]; a[-1:] = (); a[1:2] *= 3; print(a)
a[:] = a + a; a[2:] = (i for i in range(3)); print(a)
for f in (lambda: a.__setitem__(slice(0, 4, 2), [1]), lambda: a.__setitem__(slice(0, 1), 5), lambda: a[::0], lambda: a["x":], lambda: a[1:2:3, 4]):
    try:
        f()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
