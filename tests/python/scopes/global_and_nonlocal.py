x = "global"
def outer():
    x = "outer"
    def inner():
        nonlocal x
        x = "changed by inner"
    def glob():
        global x
        x = "changed by glob"
    inner(); glob()
    return x
print(outer(), x)
def make():
    global created
    created = 5
make()
print(created)
def deep():
    v = 1
    def a():
        def b():
            nonlocal v
            v += 1
        b()
    a()
    return v
print(deep())
for text in ("def f():\n nonlocal q", "nonlocal q", "def f():\n x = 1\n global x", "def f(x):\n global x", "def f():\n print(x)\n nonlocal x"):
    try:
        compile(text, "<t>", "exec")
    except SyntaxError as error:
        print(error.msg)
