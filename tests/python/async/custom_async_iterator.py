def run(coro):
    try:
        while True: coro.send(None)
    except StopIteration as stop:
        return stop.value
class Count:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if not self.n: raise StopAsyncIteration
        self.n -= 1
        return self.n
async def main():
    async for x in Count(3):
        if x == 1: continue
        print(x)
    else:
        print("else")
    async for x in Count(3): break
    print(x, aiter(Count(1)).n)
    for bad in (3, type("B", (), {"__aiter__": lambda s: 5})()):
        try:
            async for x in bad: pass
        except TypeError as error:
            print(error)
run(main())
