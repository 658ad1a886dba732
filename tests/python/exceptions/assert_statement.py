try:
    assert 1 == 2, "message"
except AssertionError as error:
    print(repr(error))
try:
    assert []
except AssertionError as error:
    print(repr(error), str(error) == "")
assert True, print("never")
def check(x):
    assert x > 0, f"{x} must be positive"
    return x
print(check(3))
check(-1)
