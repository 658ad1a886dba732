import types
@types.coroutine
def switch(value):
    got = yield value
    return got
async def main():
    return [await switch(1), await switch(2)]
c = main()
print(c.send(None), c.cr_await.__name__, c.cr_await is not None)
print(c.send("a"))
try:
    c.send("b")
except StopIteration as stop:
    print(stop.value)
async def f(): pass
a = f()
print(a.__name__, a.__qualname__, a.cr_code.co_name, hasattr(a, "__next__"), hasattr(a, "__await__"))
a.close()
try:
    list(f.__class__)
except TypeError as error:
    print(error)
