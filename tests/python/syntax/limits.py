# How deep a program may be nested.
def attempt(text):
    try:
        compile(text, "program", "exec")
        print("fine")
    except SyntaxError as error:
        print(type(error).__name__, error.msg, error.lineno)


def blocks(count):
    heads = "\n".join(" " * depth + "if 1:" for depth in range(count))
    return heads + "\n" + " " * count + "pass"


attempt(blocks(99))
attempt(blocks(100))
attempt("(" * 200 + ")" * 200)
attempt("(" * 201 + ")" * 201)
attempt('f"{' * 148 + "1" + '}"' * 148)
attempt('f"{' * 150 + "1" + '}"' * 150)
try:
    exec("return 1")
except SyntaxError as error:
    print(error.msg, error.text, error.offset)
try:
    exec("x = (")
except SyntaxError as error:
    print(error.msg, repr(error.text), error.offset)
