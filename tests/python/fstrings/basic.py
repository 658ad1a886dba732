name, n = "world", 42
print(f"hello {name}", f"{n}{n}", f"{{}} {{{n}}}", f"{n + 1 = }", f"{name=}", f"{name = !s}", f"{n=:>5}", f"{n!r:>4}")
print(f"{'nested'}", f"{f'{n}'}", f"{"same quotes"}", f"{ {1: 2}[1] }", f"{(lambda x: x * 2)(3)}", f"{n if n else 0}")
print(f"{n:{'>'}{10}}", f"{3.14159:.{2}f}", f"{n:#x} {n:08b} {n:+,d}", f"""multi
{n
 + 1}""")
print(f"a" "b" f"{n}" 'c', rf"\n{n}", f"\N{BULLET}", f"{'\n'.join(['a', 'b'])}", f"{n,}", f"{[x for x in range(3)]}", f"{n!s}")
print(f"{'a' 'b'}", f"{n  # comment
}", f'{name["a" in name]}', f"{name[::-1]}", f"{n:}", f"{n:%}", f"{name!a:*^9}", f"{'é'!a}")
