class Pause:
    def __await__(self):
        return (yield "pause")
async def job():
    try:
        await Pause()
    except ValueError as error:
        print("caught", error)
        await Pause()
        return "recovered"
    finally:
        print("finally")
c = job()
print(c.send(None), c.throw(ValueError("v")))
try:
    c.send(None)
except StopIteration as stop:
    print(stop.value)
d = job()
d.send(None)
d.close()
e = job()
e.send(None)
try:
    e.throw(KeyError("k"))
except KeyError as error:
    print("out", error)
f = job()
f.close()
print("closed before start")
