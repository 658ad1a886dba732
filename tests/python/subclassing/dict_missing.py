class Default(dict):
    def __missing__(self, key):
        self[key] = value = len(self)
        return value
d = Default(a=10)
print(d["a"], d["b"], d["c"], d)
print(d.get("zz"), "zz" in d, type(d.copy()).__name__, type(d | {}).__name__)
class Upper(dict):
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
u = Upper(a=1)
u["b"] = 2
u.update(c=3)
print(u, isinstance(u, dict), u == {"a": 1, "B": 2, "c": 3})
print("%(a)s %(B)s" % u, "{c}".format_map(u), "{q}".format_map(type("M", (dict,), {"__missing__": lambda s, k: k * 2})()))
