def check(x):
    if x == 2: raise ValueError(x)
    return x
try:
    [check(x) for x in range(5)]
except ValueError as error:
    print("caught", error)
def first(items):
    for value in [x for x in items if x]:
        return value
print(first([0, 0, 4]))
try:
    [undefined for _ in [1]]
except NameError as error:
    print(error, error.name)
print([x for x in [] if undefined])
try:
    [x for x in range(3) if x / (1 - x)]
except ZeroDivisionError as error:
    print(error)
try:
    [a for a, b in [(1,)]]
except ValueError as error:
    print(error)
