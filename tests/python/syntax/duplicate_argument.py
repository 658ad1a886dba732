# Refused as a whole: nothing of it runs. The words differ between versions.
program = """
print("this must not be printed")
def f(a, a):
    pass
"""
try:
    exec(program)
except SyntaxError as error:
    print(type(error).__name__, error.lineno, error.offset, error.end_lineno, error.end_offset, error.text)
    print(error.msg.startswith("duplicate "), error.msg.endswith(" 'a' in function definition"))
