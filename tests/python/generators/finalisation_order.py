def resource(name):
    print("open", name)
    try:
        yield name
    finally:
        print("close", name)
for r in resource("loop"):
    print("use", r)
    break
print("after break")
for r in resource("again"):
    print("use", r)
def chain():
    for a in resource("outer"):
        for b in resource("inner"):
            yield a, b
c = chain()
print(next(c))
c.close()
print("done")
def both():
    try:
        yield 1
    finally:
        yield 2
b = both()
print(next(b))
print(list(b))
