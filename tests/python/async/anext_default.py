class Count:
    def __init__(self, stop): self.at, self.stop = 0, stop
    def __aiter__(self): return self
    async def __anext__(self):
        if self.at == self.stop: raise StopAsyncIteration
        self.at += 1
        return self.at
async def main():
    it = aiter(Count(2))
    print(await anext(it), await anext(it, "default"), await anext(it, "default"))
    try:
        await anext(it)
    except StopAsyncIteration:
        print("end")
    waiting = anext(it, 5)
    print(type(waiting).__name__, await waiting)
    waiting = anext(Count(1), None)
    waiting.close()
    try:
        anext(Count(1), None).throw(ValueError("thrown"))
    except ValueError as error:
        print(error)
try:
    main().send(None)
except StopIteration:
    print("done")
