import sys
async def f(): return 1
c = f()
try:
    for x in c: pass
except TypeError as error:
    print(error)
c.close()
class Bad:
    def __await__(self): return 3
async def g(): await Bad()
try:
    g().send(None)
except TypeError as error:
    print(error)
async def h():
    with open: pass
for text in ("await x", "def f():\n async with x: pass", "def f():\n [x async for x in y]", "async def f():\n yield 1\n return 2", "async def f(): yield from x"):
    try:
        compile(text, "<text>", "exec")
        print("accepted", text)
    except SyntaxError as error:
        print(error.msg)
