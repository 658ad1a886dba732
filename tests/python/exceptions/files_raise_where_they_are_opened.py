"""What is native code in CPython has no line in a traceback."""
try:
    open("/nonexistent/file")
except FileNotFoundError as error:
    step, names = error.__traceback__, []
    while step:
        names.append(step.tb_frame.f_code.co_name)
        step = step.tb_next
    print(names, error)
with open(__file__) as file:
    pass
for what in (file.read, file.readline, lambda: next(file), lambda: file.write("x")):
    try:
        what()
    except ValueError as error:
        print(error, error.__traceback__.tb_next is None or error.__traceback__.tb_next.tb_frame.f_code.co_name)
open("/nonexistent/other")
