import types
class Mine(types.ModuleType):
    def __getattr__(self, name): return f"no {name}"
m = Mine("mine", "doc"); m.x = 1
print(m.__dict__["x"], m.__dict__["__name__"], m.y, m.__doc__, "__dict__" in Mine.__dict__, vars(m) is m.__dict__)
