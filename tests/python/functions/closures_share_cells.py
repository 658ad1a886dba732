# Closures share the variable, not its value; default arguments keep the value.
shared = [lambda: i for i in range(3)]
kept = [lambda i=i: i for i in range(3)]
print([f() for f in shared], [f() for f in kept])


def counter():
    count = 0

    def up():
        nonlocal count
        count += 1
        return count

    def down():
        nonlocal count
        count -= 1
        return count

    return up, down


up, down = counter()
print(up(), up(), down(), up())
print(up.__closure__[0].cell_contents, up.__code__.co_freevars)


def late():
    def use():
        return value

    try:
        use()
    except NameError as error:
        print(error)
    value = 1
    return use()


print(late())
