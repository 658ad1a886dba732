# Deep structures and deep calls end in an exception at worst.
x = []
for i in range(100000):
    x = [x]
print(len(x))
del x


def nest(n):
    return [nest(n - 1)] if n else []


def sort_again(n):
    return sorted([n], key=sort_again)


print(len(repr(nest(100))))
try:
    sort_again(0)
except RecursionError:
    print("too deep")
# expect: 1
# expect: 202
# expect: too deep
