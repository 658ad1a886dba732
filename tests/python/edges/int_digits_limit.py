import sys
print(sys.get_int_max_str_digits())
for f in (lambda: str(10 ** 5000), lambda: int("1" * 5000), lambda: repr(-(10 ** 4300)), lambda: f"{10 ** 5000}", lambda: "%d" % 10 ** 5000 if False else len(str(10 ** 4299))):
    try:
        print(f())
    except ValueError as error:
        print(error)
print(len(hex(10 ** 5000)), int("1" * 5000, 16) > 0)
sys.set_int_max_str_digits(0); print(len(str(10 ** 5000)))
try:
    sys.set_int_max_str_digits(5)
except ValueError as error:
    print(error)
