def inner():
    yield 1
    raise ValueError("from inner")

def outer():
    yield from inner()

def main():
    for x in outer():
        print(x)

main()
