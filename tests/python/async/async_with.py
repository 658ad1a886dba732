def run(coro):
    try:
        while True: print("yielded", coro.send(None))
    except StopIteration as stop:
        return stop.value
class Wait:
    def __init__(self, what): self.what = what
    def __await__(self): yield self.what
class CM:
    def __init__(self, name, swallow=False): self.name, self.swallow = name, swallow
    async def __aenter__(self):
        await Wait("enter " + self.name)
        return self.name
    async def __aexit__(self, kind, value, tb):
        await Wait("exit " + self.name)
        print("aexit", kind and kind.__name__, value)
        return self.swallow
async def main():
    async with CM("a") as a, CM("b", True) as b:
        print("body", a, b)
        raise ValueError("inside")
    async with CM("c"):
        return "returned"
print(run(main()))
