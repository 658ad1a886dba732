def a(): b()
def b():
    raise ValueError("deep")
try:
    a()
except ValueError as error:
    tb = error.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
        tb = tb.tb_next
    print(type(error.__traceback__).__name__, error.with_traceback(None) is error, error.__traceback__)
import sys
try:
    a()
except ValueError as error:
    kind, value, tb = sys.exc_info()
    print(kind.__name__, value is error, tb is error.__traceback__, sys.exception() is error)
print(sys.exc_info(), sys.exception())
try:
    ValueError().__traceback__ = 3
except TypeError as error:
    print(error)
try:
    ValueError().__cause__ = 3
except TypeError as error:
    print(error)
