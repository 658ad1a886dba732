# Operations of many steps are one for other threads: every round ends as if one thread had been first.
import threading


def race(*functions):
    """Run the functions together; return what they raised."""
    barrier, raised = threading.Barrier(len(functions)), []

    def run(function):
        barrier.wait()
        try:
            function()
        except Exception as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(function,)) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def times(count, function):
    def run():
        for _ in range(count):
            function()
    return run


def remove():
    items = [0] * 300 + ["x"] + [1] * 5
    raised = race(lambda: items.remove("x"), times(200, lambda: items.pop(0)))
    return not raised and "x" not in items and len(items) == 105


def delete_slice():
    items = list(range(200))

    def delete():
        del items[-1:]

    return not race(times(100, delete), times(100, delete)) and not items


def assign_slice():
    items = list(range(200))

    def assign():
        items[-1:] = []

    return not race(times(100, assign), times(100, assign)) and not items


def repeat():
    items = [0]
    raised = race(times(100, lambda: items.__imul__(1)), times(100, lambda: items.append(1)))
    return not raised and len(items) == 101


def sort():
    items = list(range(300))
    raised = race(times(5, items.sort), times(50, lambda: items.append(7)))
    return not raised and len(items) == 350


def sort_by_key():
    items = list(range(200))
    by_key = times(3, lambda: items.sort(key=lambda item: -item))
    return not race(by_key, times(50, lambda: items.append(7))) and len(items) == 250


def add():
    older, newer, torn = [], [], []

    def write():
        for _ in range(100):
            older.append(0)
            newer.append(1)

    def read():
        both = older + newer
        torn.extend([1] * (both.count(1) > both.count(0)))

    return not race(write, times(100, read)) and not torn


def grows(read):
    def check():
        keys = {number: number for number in range(300)}

        def write():
            for number in range(300, 600):
                keys[number] = number

        return not race(write, times(20, lambda: read(keys)))
    return check


def update():
    some, keys, torn = {number: number for number in range(1, 300)}, {}, []

    def write():
        keys.update(some)
        keys.clear()

    def read():
        torn.extend([1] * (len(keys.copy()) not in (0, 299)))

    return not race(times(20, write), times(40, read)) and not torn


def update_set():
    some, keys, torn = set(range(1, 300)), {0}, []

    def write():
        keys.update(some)
        keys.difference_update(some)

    def read():
        torn.extend([1] * (len(keys.copy()) not in (1, 300)))

    return not race(times(20, write), times(40, read)) and not torn


def keep():
    keys, all_of_them = set(range(100)), set(range(1000))

    def add():
        for number in range(100, 300):
            keys.add(number)

    return not race(times(10, lambda: keys.__iand__(all_of_them)), add) and len(keys) == 300


def repeat_bytes():
    items = bytearray(b"x")
    raised = race(times(100, lambda: items.__imul__(1)), times(100, lambda: items.append(1)))
    return not raised and len(items) == 101


CHECKS = {
    "remove": remove, "del a[-1:]": delete_slice, "a[-1:] = []": assign_slice, "a *= n": repeat, "sort": sort,
    "sort by key": sort_by_key, "a + b": add, "list(d)": grows(list), "sorted(d)": grows(sorted),
    "list(d.items())": grows(lambda keys: list(keys.items())), "list(d.values())": grows(lambda keys: list(keys.values())),
    "[*d]": grows(lambda keys: [*keys]), "dict.fromkeys(d)": grows(dict.fromkeys), "{*d}": grows(lambda keys: {*keys}),
    "set(d)": grows(set), "{**d}": grows(lambda keys: {**keys}), "d | e": grows(lambda keys: keys | {}),
    "d.update(e)": update, "s.update(t)": update_set, "s &= t": keep, "bytes *= n": repeat_bytes,
}
for name, check in CHECKS.items():
    print(name, all([check() for _ in range(5)]))
