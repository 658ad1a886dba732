def counter():
    n = 0
    def up(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return up, get
up, get = counter()
print(up(), up(5), get(), up.__closure__[0].cell_contents, up.__code__.co_freevars)
def late():
    def inner(): return value
    value = "late"
    return inner
print(late()())
def unset():
    def inner(): return value
    try:
        inner()
    except NameError as error:
        print(error)
    value = 1
    del value
    try:
        inner()
    except NameError as error:
        print(error)
unset()
adders = [(lambda x: lambda y: x + y)(i) for i in range(3)]
print([a(10) for a in adders])
cell = get.__closure__[0]
cell.cell_contents = 100
print(get(), type(cell).__name__)
