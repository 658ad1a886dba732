"""`code.replace` puts other objects in the places of the constants."""

import types


def function():
    def inner():
        return "inner"

    return "old", inner()


code = function.__code__
constants = tuple("new" if one == "old" else one for one in code.co_consts)
copy = code.replace(co_consts=constants)
print(types.FunctionType(copy, globals())(), function())
print(copy.co_consts == constants, copy == code, copy == code.replace(co_consts=constants))
print(code.replace(co_consts=code.co_consts) == code, hash(code.replace()) == hash(code))

for name in ["co_names", "co_varnames", "co_cellvars", "co_freevars"]:
    print(name, code.replace(**{name: getattr(code, name)}) == code)
for name in ["co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_nlocals", "co_stacksize", "co_flags"]:
    print(name, code.replace(**{name: getattr(code, name)}) == code)


def refused(**changes):
    try:
        print(code.replace(**changes))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


refused(co_consts=[1])
refused(co_names=1)
refused(co_name=1)
refused(co_argcount=-1)
refused(co_argcount="a")
refused(co_stacksize=-1)
refused(other=1)
