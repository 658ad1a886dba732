class Yield:
    def __init__(self, v): self.v = v
    def __await__(self):
        got = yield self.v
        return got * 2
async def work(x):
    a = await Yield(x)
    b = await Yield(a)
    return a + b
c = work(1)
print(type(c).__name__, c.send(None), c.send(10), c.cr_running)
try:
    c.send(3)
except StopIteration as stop:
    print("result", stop.value)
try:
    c.send(None)
except RuntimeError as error:
    print(error)
d = work(2)
try:
    d.send(1)
except TypeError as error:
    print(error)
d.close()
def run(coro):
    try:
        while True: coro.send(None)
    except StopIteration as stop:
        return stop.value
async def simple(): return 5
async def nested(): return await simple() + await simple()
print(run(nested()))
