# What is wrong with a program is told in CPython's words.
programs = r"""
(a := 1) = 2
f(a.b := 1)
x: yield = 1
{*a: 1}
import a,
with a as b, : pass
match 1:\n  case {**_}: pass
if 1:\n\tx = 1\n        y = 2
if 1:\n        x = 1\n\ty = 2
if 1:\n        x = 1\n    y = 2
x = 1\n  y = 2
print(*)
print(1, *)
'\N{nope}'
'\N{nope} more'
'\U12345678'
'\U1234'
b'\x'
b'ab\x1'
'\x1'
from a import b,
""".strip().split("\n")
for program in programs:
    text = program if "\\x" in program or "\\N" in program or "\\U" in program else program.replace("\\n", "\n").replace("\\t", "\t")
    try:
        compile(text, "program", "exec")
        print(program, "is fine")
    except SyntaxError as error:
        print(program, "|", type(error).__name__, error.msg, error.lineno, error.offset)
