print(True + True, True * 5, False - 1, True / 2, -True, True & False, True | False, True ^ True, True & 3, type(True & 1).__name__, type(True & True).__name__)
print(bool(), bool([]), bool("False"), bool(0.0), bool({0}), isinstance(True, int), issubclass(bool, int), True == 1, True is 1 == 1 if False else True)
print([10, 20][True], "ab"[False], {True: "t"}[1], sum([True, False, True]), str(True), repr(False), int(True), f"{True:d}", f"{True:>6}")
print(True < 2, False < True, max(True, 0.5), sorted([True, False, 0, 1]), hash(True), True.bit_length(), True.to_bytes(), True.real, True.__int__())
print(not True, not [], 1 and 0, 0 or [], "a" and "b", None or 0 or "last", not not 5, 1 < 2 == True, (1 < 2) == True)
try:
    bool(1, 2)
except TypeError as error:
    print(error)
