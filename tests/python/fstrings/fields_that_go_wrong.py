# What a replacement field lacks depends on what it has already.
CLOSED = ["a b", "a!r=", "a!r b", "a=b", "a=!r=", "a!r", "a", "a!r:", "a:", "a:x", "a=", "a!", "a!x", "", "!r", ":x", "="]
OPEN = ["a!r=", "a=!r=", "a!r", "a", "a!r:", "a:", "a:x", "a="]

for text in [f"f'{{{field}}}'" for field in CLOSED] + [f"f'{{{field}'" for field in OPEN]:
    try:
        compile(text, "field", "eval")
        print(text, "compiles")
    except SyntaxError as error:
        print(text, error.msg)
