"""Code that a program compiles goes when nothing runs it or names it any more."""
import gc
import sys
import weakref


def gone(reference):
    gc.collect()
    return reference() is None


code = compile("x = 1.5, 'some text', 10**3", "<made>", "exec")
seen = weakref.ref(code)
exec(code)
print(x, gone(seen))
del code
print(x, gone(seen))

# A function keeps its code, and the code the text that a traceback quotes.
space = {}
exec(compile("def f(a, b='long text'):\n    'about f'\n    return [c + a for c in (10.5, 20.5)], lambda: 1 / 0", "<f>", "exec"), space)
function = space.pop("f")
space.clear()
seen = weakref.ref(function.__code__)
print(function(1)[0], function.__doc__, function.__defaults__, gone(seen))
broken = function(1)[1]
del function
print(gone(seen), broken.__code__.co_qualname)
try:
    broken()
except ZeroDivisionError as error:
    frame = error.__traceback__.tb_next.tb_frame
inner = weakref.ref(broken.__code__)
del broken
print(frame.f_code is inner(), frame.f_lineno, frame.f_code.co_filename, gone(inner))
del frame
print(gone(inner))

# So does a generator, before, between and after its steps.
exec("def g():\n    yield 'first'\n    yield 'second'\nmade = g()")
seen = weakref.ref(g.__code__)
del g
print(next(made), gone(seen), next(made), next(made, "end"), gone(seen), made.gi_code.co_name)
del made
print(gone(seen))

# A frame that runs keeps its code, whatever becomes of the function.
exec("def h():\n    global h\n    del h\n    return sys._getframe().f_code.co_name, 'still ' + 'here'")
seen = weakref.ref(h.__code__)
print(h(), gone(seen))


# The code of a function can be exchanged while it runs.
def outer():
    outer.__code__ = (lambda: "new").__code__
    gc.collect()
    return "old", (1, 2.5, "text")


print(outer(), outer())

# Copies, nested code and constants live on their own.
code = compile("def k(): return (1.25, 'a b', frozenset({1, 2}), -1j)", "<k>", "exec")
nested = next(each for each in code.co_consts if hasattr(each, "co_name"))
copy = nested.replace(co_name="other")
seen = weakref.ref(code)
del code
print(gone(seen), nested.co_name, copy.co_name, copy.co_filename)
kept = eval(copy)
del nested, copy
gc.collect()
print(kept)
kept = [eval("(%d.5, 'text %d', b'bytes %d')" % (n, n, n)) for n in range(3)]
gc.collect()
print(kept)
