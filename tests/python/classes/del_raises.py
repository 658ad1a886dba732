import sys

def hook(unraisable):
    print(unraisable.exc_type.__name__, unraisable.exc_value, unraisable.err_msg is None)
    print(unraisable.object.__name__)

sys.unraisablehook = hook

class Bad:
    def __del__(self):
        raise ValueError("in del")

b = Bad()
del b
print("after")
