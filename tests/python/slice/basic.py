s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, slice(5), slice(None), s.indices(5), slice(None, None, -1).indices(4), slice(-3, None).indices(10), s == slice(1, 10, 2), s < slice(2), hash(slice(1)) == hash(slice(1)), {slice(1): "k"}[slice(1)])
class G:
    def __getitem__(self, k): return k
g = G()
print(g[1:2], g[:], g[::2], g[1:2, 3], g[..., 1:], g["a":"b"], g[None], g[1:2:3])
print([1, 2, 3, 4][s], "abcdef"[slice(None, None, -2)], list(range(10))[slice(2, None, 3)])
for f in (lambda: slice(), lambda: slice(1, 2, 0).indices(5), lambda: s.indices(-1), lambda: slice("a").indices(5), lambda: setattr(s, "start", 5), lambda: [][slice(1, 2, 0)]):
    try:
        f()
    except (TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)
