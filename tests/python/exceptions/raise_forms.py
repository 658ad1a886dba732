for make in (lambda: ValueError, lambda: ValueError("x"), lambda: 3, lambda: "text", lambda: object):
    try:
        raise make()
    except ValueError as error:
        print(repr(error))
    except TypeError as error:
        print("TypeError", error)
try:
    raise
except RuntimeError as error:
    print(error)
def again():
    try:
        raise KeyError(1)
    except KeyError:
        raise
try:
    again()
except KeyError as error:
    print(repr(error))
class Picky(Exception):
    def __init__(self, a, b): pass
try:
    raise Picky
except TypeError as error:
    print(error)
try:
    try:
        raise KeyError
    except 3:
        pass
except TypeError as error:
    print(error)
