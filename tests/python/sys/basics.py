import sys
print(sys.maxsize, sys.byteorder, sys.maxunicode, sys.version_info >= (3, 13), sys.argv, sys.implementation.name != "", sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.int_info.bits_per_digit, sys.hash_info.modulus, sys.hash_info.inf, sys.int_info.default_max_str_digits)
print("sys" in sys.modules, sys.modules["sys"] is sys, type(sys.path).__name__, sys.getdefaultencoding(), sys.intern("ab") == "ab", sys.getrecursionlimit(), "len" not in sys.builtin_module_names, "sys" in sys.builtin_module_names, sys.stdout.encoding, sys.stdin.fileno(), sys.dont_write_bytecode, sys.flags.optimize, sys.exc_info())
try:
    sys.intern(5)
except TypeError as error:
    print(error)
try:
    sys.setrecursionlimit(0)
except ValueError as error:
    print(error)
