class I:
    def __init__(self, value): self.value = value
    def __index__(self): return self.value
class D:
    def __abs__(self): return "abs"
    def __divmod__(self, other): return "divmod", other
    def __rdivmod__(self, other): return "rdivmod", other
    def __pow__(self, *args): return "pow", args
    def __rpow__(self, *args): return "rpow", args
    def __round__(self, *args): return "round", args
    def __len__(self): return 3
    def __hash__(self): return 2 ** 70
    def __format__(self, spec): return "F" + spec
    def __bool__(self): return False
    def __call__(self): return 1
d = D()
def call(function, *args, **keywords):
    try:
        print(function.__name__, function(*args, **keywords))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)
for function, *args in [
    (abs, d), (abs, True), (abs, -2 ** 70), (abs, "a"), (abs,), (abs, 1, 2),
    (divmod, d, 1), (divmod, 1, d), (divmod, -7, 3), (divmod, 7.5, -2), (divmod, 1), (divmod, "a", 1),
    (pow, d, 1), (pow, 1, d), (pow, d, 1, 2), (pow, 2, 3, None), (pow, 2), (pow, 2, -1), (pow, "a", 2, 3),
    (round, d), (round, d, 2), (round, d, None), (round, 2.5), (round, 3.5), (round, 1234, -2), (round, "a"), (round,), (round, 1, 2, 3),
    (bin, I(5)), (bin, -5), (oct, I(-9)), (hex, 255), (hex, 1.5), (bin, "a"), (hex,),
    (chr, I(65)), (chr, -1), (chr, 0x110000), (chr, 2 ** 80), (chr, "a"),
    (ord, "ab"), (ord, 5), (ord, b"a"), (ord, b"ab"), (ord, ""), (ord, bytearray(b"x")), (ord, "\U0001f600"),
    (len, d), (len, 5), (len,), (hash, d), (hash, []), (hash, {}), (hash, 1, 2),
    (callable, d), (callable, 5), (callable, D), (callable,), (callable, len),
    (format, d, "x"), (format, d), (format, 5, 5), (format,), (format, 3.5, ".2f"), (format, [], "x"),
    (all, [1, 0]), (any, [d]), (all, 5), (any,), (ascii, "\xe9\U0001f600\x01"), (repr,),
    (getattr, 5), (getattr, 5, "x", 1, 2), (getattr, 5, "real", 3), (getattr, 5, "nope", None), (hasattr, 5), (setattr, 5, "x"),
    (delattr, 5), (delattr, d, "x"), (setattr, d, 5, 1), (delattr, d, 5), (isinstance, 5), (issubclass, int), (isinstance, 5, int, 3),
    (sum,), (sum, 5), (sum, [1], 2, 3), (sum, ["a"]), (sum, ["a"], ""), (sum, [b"a"], b""), (sum, [0.1] * 10), (sum, [-0.0]), (sum, [-0.0], -0.0),
    (sum, [1, 2.5, 3]), (sum, [2 ** 70, 1.5]), (sum, [True, 2.0, False]), (sum, [float("inf"), 1, -1]),
    (min,), (min, 5), (min, []), (max, 1, 2, 3), (max, [3, 1]), (min, "b", 1), (sorted, [3, 1, 2]), (sorted, 5), (sorted,),
    (iter,), (iter, 5), (iter, 5, 6), (next,), (next, 5), (next, iter([]), 5), (next, iter([1]), 5), (next, [], 1),
    (vars, 5), (vars, 1, 2), (globals, 1), (locals, 1), (input, 1, 2), (aiter, 5), (anext, 5), (aiter,),
    (compile,), (eval,), (exec,), (id,), (id, 1, 2),
]:
    call(function, *args)
call(max, key=1); call(sum, iterable=[]); call(len, obj=1); call(round, number=1.234, ndigits=1); call(pow, base=2, exp=3, mod=5)
call(sorted, iterable=[]); call(print, foo=1); call(min, default=1); call(getattr, a=1); call(compile, a=1); call(divmod, a=1)
call(max, [1, 2], key=lambda x: -x); call(max, [], default=7); call(max, 1, 2, default=3); call(max, [1], key=5); call(min, [1], foo=1)
call(sum, [1], start=5); call(sum, [1], foo=2); call(sorted, "cab", key=str.upper, reverse=1); call(sorted, [2, 1], cmp=1); call(sorted, [1], None)
