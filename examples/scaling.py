"""Two threads against one, the same work each, on things that both of them share.

Usage: raddle examples/scaling.py [ROUNDS [NAME ...]]; also under any python3.

The last two columns say the same in two ways: the work of two threads in the time that one takes for its own (2 at best;
on a busy machine it says little), and what a piece of work costs alone over what it costs beside the other thread, in
CPU time (1 at best; threads that fight for a cache line pay for it here).
"""

import sys
import threading
import time

ROUNDS = 300000


class Point:
    kind = "point"

    def __init__(self):
        self.x = 1

    def step(self):
        return self.x

    @staticmethod
    def plain():
        return 1

    @property
    def double(self):
        return self.x


class Tool:
    kind = 1


POINT = Point()
LIST = [1.5 + n for n in range(8)]
DICT = {"k": 1.5, "l": 2.5}
TUPLE = (1, 2, 3)
NUMBER = 7


def function(x):
    return x


square = lambda x: x


def call_function():
    for i in range(ROUNDS):
        function(i)


def call_lambda():
    for i in range(ROUNDS):
        square(i)


def instantiate():
    for _ in range(ROUNDS // 3):
        Point()


def instantiate_plain():
    for _ in range(ROUNDS):
        Tool()


def call_method():
    point = POINT
    for _ in range(ROUNDS):
        point.step()


def call_static():
    point = POINT
    for _ in range(ROUNDS):
        point.plain()


def read_property():
    point = POINT
    for _ in range(ROUNDS):
        point.double


def bind_method():
    point = POINT
    for _ in range(ROUNDS):
        point.step


def read_class_attribute():
    for _ in range(ROUNDS):
        Tool.kind


def read_attribute():
    point = POINT
    for _ in range(ROUNDS):
        point.x


def read_globals():
    for _ in range(ROUNDS):
        NUMBER


def read_builtins():
    for _ in range(ROUNDS):
        len


def read_module():
    for _ in range(ROUNDS):
        time.perf_counter


def read_list():
    shared = LIST
    for _ in range(ROUNDS):
        shared[0]


def read_dict():
    shared = DICT
    for _ in range(ROUNDS):
        shared["k"]


def check_class():
    point = POINT
    for _ in range(ROUNDS):
        isinstance(point, Point)


def make_closures():
    for i in range(ROUNDS):
        lambda: i


def own_list():
    own = []
    for i in range(ROUNDS):
        own.append(i)


def own_dict():
    own = {}
    for i in range(ROUNDS):
        own[i & 255] = i


def arithmetic():
    total = 0
    for i in range(ROUNDS):
        total = total + i * 3


def generate():
    def count():
        for i in range(ROUNDS):
            yield i

    for _ in count():
        pass


def raise_and_catch():
    for _ in range(ROUNDS // 5):
        try:
            raise ValueError
        except ValueError:
            pass


WORK = [
    call_function,
    call_lambda,
    instantiate,
    instantiate_plain,
    call_method,
    call_static,
    bind_method,
    read_property,
    read_attribute,
    read_class_attribute,
    check_class,
    read_globals,
    read_builtins,
    read_module,
    read_list,
    read_dict,
    make_closures,
    own_list,
    own_dict,
    arithmetic,
    generate,
    raise_and_catch,
]


def measure(work, count):
    """The time on the clock and the CPU time of so many threads."""
    threads = [threading.Thread(target=work) for _ in range(count)]
    clock, cpu = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - clock, time.process_time() - cpu


def main(rounds="5", *names):
    print(f"| {'work':20} | one, ms | two, ms | work of two | CPU alone / shared |")
    print("|----------------------|---------|---------|-------------|--------------------|")
    for work in WORK:
        if names and work.__name__ not in names:
            continue
        runs = [(measure(work, 1), measure(work, 2)) for _ in range(int(rounds))]
        one, two = (min(run[n][0] for run in runs) for n in (0, 1))
        alone, shared = (min(run[n][1] for run in runs) for n in (0, 1))
        print(
            f"| {work.__name__:20} | {one * 1000:7.1f} | {two * 1000:7.1f} | {2 * one / two:11.2f} |"
            f" {2 * alone / shared:18.2f} |",
            flush=True,
        )


main(*sys.argv[1:])
