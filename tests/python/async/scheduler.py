class Sleep:
    def __init__(self, n): self.n = n
    def __await__(self):
        for _ in range(self.n): yield
log = []
async def worker(name, steps):
    for i in range(steps):
        log.append(f"{name}{i}")
        await Sleep(1)
    return name.upper()
def run(*coros):
    waiting, results = list(coros), {}
    while waiting:
        coro = waiting.pop(0)
        try:
            coro.send(None)
        except StopIteration as stop:
            results[coro.__name__, stop.value] = True
        else:
            waiting.append(coro)
    return results
print(run(worker("a", 3), worker("b", 1), worker("c", 2)))
print(log)
