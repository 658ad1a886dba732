class Grid:
    def __init__(self): self.cells = {}
    def __getitem__(self, key): return self.cells[key]
    def __setitem__(self, key, value): self.cells[key] = value
    def __delitem__(self, key): del self.cells[key]
    def __contains__(self, key): return key in self.cells
    def __len__(self): return len(self.cells)
    def __iter__(self): return iter(sorted(self.cells))
    def __reversed__(self): return reversed(sorted(self.cells))

g = Grid()
g[1, 2] = "a"
g[0, 5] = "b"
print(g[1, 2], (0, 5) in g, (9, 9) in g, len(g))
print(list(g), list(reversed(g)))
del g[1, 2]
print(list(g), bool(g))
class Keys:
    def __getitem__(self, key): return key
k = Keys()
print(k[1:2], k[::3], k[1:2, ..., None], k[()])
for action in ("g[7]", "k['a'] if 0 else len(k)", "del_item"):
    try:
        eval(action)
    except (KeyError, TypeError, NameError) as error:
        print(type(error).__name__, error)
