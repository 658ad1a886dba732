async def bad():
    raise StopIteration("inside")
try:
    bad().send(None)
except RuntimeError as error:
    print(error, repr(error.__cause__))
async def agen():
    yield 1
    raise StopAsyncIteration
async def main():
    g = agen()
    print(await anext(g))
    try:
        await anext(g)
    except RuntimeError as error:
        print(error)
try:
    main().send(None)
except StopIteration as stop:
    print(repr(stop.value))
async def twice():
    c = ok()
    print(await c)
    try:
        await c
    except RuntimeError as error:
        print(error)
async def ok(): return "ok"
try:
    twice().send(None)
except StopIteration:
    print("end")
