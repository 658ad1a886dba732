"""Formatted strings that end too early, and what CPython says of them."""


def show(source, mode="exec"):
    try:
        compile(source, "f", mode)
        print(repr(source), "compiles")
    except SyntaxError as error:
        print(repr(source), error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset)


for text in ["f'{a b'", "f'{a'", "f'{'", "f'{a!'", "f'{a:{b'", "f'{(a'", "f'{a)'", "f'{a]}'", "f'}'", "f'{(a}'", "f'{[a)}'",
             "f'{a:{b)}'", 'f"{a[\'x\'"', "f'''{a'''", "rf'{a b'", "f'{a + '", "f'{a b}'", "f'{f\"{a'"]:
    show(text)
show("1;2", "eval")
show("1 2", "eval")
show("1x", "eval")
show("1.2.3", "eval")
show("match x:\n case -a: pass\n")
show("match x:\n case 1+a: pass\n")
show("match x:\n case 1-2: pass\n")
show("match x:\n case 1j+2j: pass\n")
show("match x:\n case -1j-2: pass\n")
