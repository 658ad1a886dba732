# status: 1
import threading


def divide(x):
    return x / 0


def handle():
    try:
        divide(1)
    except ZeroDivisionError:
        {}["missing"]


thread = threading.Thread(target=divide, args=(1,))
thread.start()
thread.join()


def endless(n):
    return endless(n + 1)


thread = threading.Thread(target=endless, args=(0,), name="deep")
thread.start()
thread.join()
values = [1, 2]
try:
    raise ValueError("cause") from KeyError("k")
except ValueError as error:
    kept = error
values.append(
    handle(),
)
# error: Exception in thread Thread-1 (divide):
# error: Traceback (most recent call last):
# error:   File "tracebacks.py", line 6, in divide
# error:     return x / 0
# error:            ~~^~~
# error: ZeroDivisionError: division by zero
# error: Exception in thread deep:
# error: Traceback (most recent call last):
# error:   File "tracebacks.py", line 22, in endless
# error:     return endless(n + 1)
# error:   File "tracebacks.py", line 22, in endless
# error:     return endless(n + 1)
# error:   File "tracebacks.py", line 22, in endless
# error:     return endless(n + 1)
# error:   [Previous line repeated 997 more times]
# error: RecursionError: maximum recursion depth exceeded
# error: Traceback (most recent call last):
# error:   File "tracebacks.py", line 11, in handle
# error:     divide(1)
# error:     ~~~~~~^^^
# error:   File "tracebacks.py", line 6, in divide
# error:     return x / 0
# error:            ~~^~~
# error: ZeroDivisionError: division by zero
# error:
# error: During handling of the above exception, another exception occurred:
# error:
# error: Traceback (most recent call last):
# error:   File "tracebacks.py", line 34, in <module>
# error:     handle(),
# error:     ~~~~~~^^
# error:   File "tracebacks.py", line 13, in handle
# error:     {}["missing"]
# error:     ~~^^^^^^^^^^^
# error: KeyError: 'missing'
