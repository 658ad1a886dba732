"""One thread against two, each with the same work: how much of two cores does the interpreter use?"""

import threading
import time


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def measure(count):
    threads = [threading.Thread(target=fib, args=(32,)) for _ in range(count)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start


one = measure(1)
two = measure(2)
print(f"one thread {one:.3f} s, two threads {two:.3f} s: {2 * one / two:.2f} times the work in the time")
