x = 1
def f():
    print(x)
    x = 2
def g(flag):
    if flag: y = 1
    return y
def h():
    z = 1
    del z
    return z
def k():
    for i in []: pass
    return i
for call in (f, lambda: g(False), h, k):
    try:
        call()
    except UnboundLocalError as error:
        print(error, "|", error.name)
print(g(True))
def d():
    del undefined_here
    undefined_here = 1
try:
    d()
except UnboundLocalError as error:
    print(error)
try:
    del never
except NameError as error:
    print(error)
