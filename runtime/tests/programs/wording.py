# since: 3.14
def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def two():
    a, b = 1, 2, 3
    a, b = [1, 2, 3]


attempt(lambda: [1].index(2))
attempt(lambda: max([]))
attempt(lambda: 0.0**-1)
attempt(two)
attempt(lambda: setattr([], "x", 1))
# expect: ValueError list.index(x): x not in list
# expect: ValueError max() iterable argument is empty
# expect: ZeroDivisionError zero to a negative power
# expect: ValueError too many values to unpack (expected 2, got 3)
# expect: AttributeError 'list' object has no attribute 'x' and no __dict__ for setting new attributes
