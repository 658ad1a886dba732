def resilient():
    while True:
        try:
            yield "ready"
        except ValueError as error:
            print("caught", error)
            yield "recovered"
        finally:
            print("finally")
g = resilient()
print(next(g), g.throw(ValueError("v")), next(g))
try:
    g.throw(KeyError("k"))
except KeyError as error:
    print("out", error)
print(next(g, "closed"))
fresh = resilient()
try:
    fresh.throw(ValueError("early"))
except ValueError as error:
    print("early", error)
print(list(fresh))
try:
    resilient().throw(3)
except TypeError as error:
    print(error)
def swaps():
    try:
        yield
    except KeyError:
        raise IndexError("swapped")
s = swaps(); next(s)
try:
    s.throw(KeyError("x"))
except IndexError as error:
    print(error, repr(error.__context__))
