import types
def f(): yield
async def c(): pass
print(isinstance(f, types.FunctionType), isinstance(f(), types.GeneratorType), types.LambdaType is types.FunctionType, isinstance(len, types.BuiltinFunctionType), isinstance([].append, types.BuiltinMethodType), isinstance(types, types.ModuleType), types.NoneType is type(None), types.EllipsisType is type(...), isinstance(int | str, types.UnionType), isinstance(list[int], types.GenericAlias), isinstance(f.__code__, types.CodeType), isinstance(str.join, types.MethodDescriptorType), isinstance(int.__add__, types.WrapperDescriptorType))
n = types.SimpleNamespace(a=1, b="x"); n.c = [2]
print(n, n == types.SimpleNamespace(a=1, b="x", c=[2]), vars(n))
p = types.MappingProxyType({"k": 1}); print(p["k"], p, len(p), p | {"z": 2})
try:
    p["k"] = 2
except TypeError as error:
    print(error)
m = types.MethodType(lambda self, x: (self, x), 5); print(m(6), m.__self__)
mod = types.ModuleType("made", "doc"); print(mod, mod.__doc__)
C = types.new_class("C", (int,), {}, lambda ns: ns.update(y=3)); print(C(4) + C.y, types.resolve_bases((int,)))
g = types.FunctionType((lambda: q).__code__, {"q": 7}, "g"); print(g(), g.__name__)
