for text in ('f"{}"', 'f"{x"', 'f"}"', 'f"{x!z}"', 'f"{x!}"', 'f"{ }"', 'f"{x:{y:{z}}}"', 'f"{lambda x: 1}"', 'f"{a b}"', 'f"{*x}"', 'f"{x=!r:>{5}}"', 'f"{!r}"', 'f"{=}"'):
    try:
        compile(text, "<t>", "eval")
        print("accepted", text)
    except SyntaxError as error:
        print(text, error.msg)
for make in (lambda: f"{undefined}", lambda: f"{'a':d}", lambda: f"{1:s}", lambda: f"{1.0:x}", lambda: f"{1:{'q'}}", lambda: f"{[]:5}", lambda: f"{None:>4}"):
    try:
        make()
    except (NameError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
