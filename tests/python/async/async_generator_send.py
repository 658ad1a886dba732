def run(coro):
    try:
        while True: coro.send(None)
    except StopIteration as stop:
        return stop.value
async def echo():
    got = "start"
    while True:
        try:
            got = yield got
        except ValueError as error:
            got = f"caught {error}"
async def main():
    g = echo()
    print(await g.asend(None), await g.asend(1), await g.asend("b"))
    print(await g.athrow(ValueError("v")), await g.asend("after"))
    try:
        await g.athrow(KeyError("k"))
    except KeyError as error:
        print("out", error)
    h = echo()
    try:
        await h.asend(1)
    except TypeError as error:
        print(error)
    await h.aclose()
run(main())
