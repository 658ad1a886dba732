for i in range(3):
    for j in range(3):
        if j == 1:
            continue
        if i == 2:
            break
        print(i, j)
    else:
        print("inner done")
else:
    print("outer done")

n = 0
while True:
    n += 1
    if n > 5:
        break
else:
    print("never")
print(n, 1 < n <= 6 != 7, not n, n and "yes" or "no")


def leave(xs):
    for x in xs:
        try:
            if x == 1:
                continue
            if x == 3:
                return "returned"
            if x == 4:
                break
        finally:
            print("finally", x)
    return "ended"


print(leave([0, 1, 2]), leave([3]), leave([4, 5]))




a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d)
first, *middle, last = range(5)
print(first, middle, last)
a, b = b, a
print(a, b)
x = y = [1]
x += [2]
print(y, x is y)
x = 5 if y else 6
print(x, (z := x + 1), z)
matrix = [[i * j for j in range(3)] for i in range(3)]
print(matrix, {k: v for k, v in zip("abc", range(3)) if v})
print([x for x in range(3)], x)
data = {"k": [1, 2, 3]}
data["k"][1] += 10
del data["k"][0]
print(data)
for value in (1, 0, "", "a", [], [0], {}, None, 0.0, 2.5):
    print(bool(value), end=";")
print()
assert True, "fine"
try:
    assert 1 == 2, "message"
except AssertionError as error:
    print(repr(error))
try:
    del undefined
except NameError as error:
    print(error)


def unbound():
    print(local)
    local = 1


try:
    unbound()
except UnboundLocalError as error:
    print(error)


def free():
    def inner():
        return later

    try:
        inner()
    except NameError as error:
        print(error)
    later = 1


free()
try:
    a, b = iter([1, 2, 3])
except ValueError as error:
    print(error)
try:
    a, b = [1]
except ValueError as error:
    print(error)
try:
    a, *b, c = [1]
except ValueError as error:
    print(error)
try:
    a, b = 5
except TypeError as error:
    print(error)
# expect: 0 0
# expect: 0 2
# expect: inner done
# expect: 1 0
# expect: 1 2
# expect: inner done
# expect: outer done
# expect: 6 True False yes
# expect: finally 0
# expect: finally 1
# expect: finally 2
# expect: finally 3
# expect: finally 4
# expect: ended returned ended
# expect: 1 2 [3, 4] 5
# expect: 0 [1, 2, 3] 4
# expect: 2 1
# expect: [1, 2] True
# expect: 5 6 6
# expect: [[0, 0, 0], [0, 1, 2], [0, 2, 4]] {'b': 1, 'c': 2}
# expect: [0, 1, 2] 5
# expect: {'k': [12, 3]}
# expect: True;False;False;True;False;True;False;False;False;True;
# expect: AssertionError('message')
# expect: name 'undefined' is not defined
# expect: cannot access local variable 'local' where it is not associated with a value
# expect: cannot access free variable 'later' where it is not associated with a value in enclosing scope
# expect: too many values to unpack (expected 2)
# expect: not enough values to unpack (expected 2, got 1)
# expect: not enough values to unpack (expected at least 2, got 1)
# expect: cannot unpack non-iterable int object
