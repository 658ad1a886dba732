class Tick:
    def __await__(self): yield "tick"
async def numbers(n):
    try:
        for i in range(n):
            await Tick()
            yield i
    finally:
        print("cleanup")
async def consume():
    out = []
    async for x in numbers(3):
        out.append(x)
    return out
def run(coro):
    ticks = 0
    try:
        while True:
            coro.send(None)
            ticks += 1
    except StopIteration as stop:
        return stop.value, ticks
print(run(consume()))
async def manual():
    g = numbers(5)
    print(type(g).__name__, await g.__anext__(), await anext(g))
    await g.aclose()
    try:
        await anext(g)
    except StopAsyncIteration:
        print("exhausted")
    return await anext(g, "default")
print(run(manual()))
