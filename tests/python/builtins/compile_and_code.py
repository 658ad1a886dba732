code = compile("a = 1\nb = a + 1", "<mem>", "exec")
ns = {}; exec(code, ns)
print(ns["b"], code.co_filename, code.co_name, code.co_names, type(code).__name__)
single = compile("1 + 1", "<s>", "single"); exec(single)
exec(compile("None", "<s>", "single"))
def f(a, b=1, *c, d, **e):
    x = a
    return lambda: x
c = f.__code__
print(c.co_argcount, c.co_kwonlyargcount, c.co_varnames, c.co_cellvars, c.co_freevars, c.co_firstlineno, c.co_flags & 0x0C, c.co_name, c.co_qualname, len(c.co_consts) > 0)
g = c.replace(co_name="renamed"); print(g.co_name, g == c, c == f.__code__)
print(eval(compile(b"'bytes source'", "f", "eval")), eval("1;" [:1]))
try:
    exec(compile("def f():\n  raise ValueError('x')\nf()", "<made>", "exec"))
except ValueError as error:
    tb = error.__traceback__.tb_next
    print(tb.tb_frame.f_code.co_filename, tb.tb_lineno, tb.tb_next.tb_lineno)
