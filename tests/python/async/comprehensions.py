def run(coro):
    try:
        while True: coro.send(None)
    except StopIteration as stop:
        return stop.value
async def agen(n):
    for i in range(n): yield i
async def double(x): return x * 2
async def main():
    print([x async for x in agen(4)])
    print([await double(x) for x in range(3)])
    print({x: y async for x in agen(2) for y in "ab"}, sorted({x async for x in agen(3) if x}))
    g = (await double(x) async for x in agen(3))
    print(type(g).__name__, [y async for y in g])
    print([[x async for x in agen(n)] async for n in agen(3)])
    return [x for x in [await double(4)]]
print(run(main()))
