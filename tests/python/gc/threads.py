import gc
import threading
import weakref

gc.set_threshold(300, 0)
lock = threading.Lock()
ended = [0, 0]
shared = {}


class Node:
    def __init__(self, number):
        self.me = self
        self.number = number
        self.rest = [self, {number: self}, {self}]

    def __del__(self):
        with lock:
            ended[0] += 1


def gone(reference):
    with lock:
        ended[1] += 1


def work(index):
    kept = []
    for number in range(1500):
        node = Node(number)
        kept.append(weakref.ref(node, gone))
        shared[index, number % 7] = node
        if number % 100 == 0:
            shared.pop(((index + 1) % 4, number % 7), None)
        del node
    references.append(kept)


references = []
threads = [threading.Thread(target=work, args=(index,)) for index in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
before = ended[0]
shared.clear()
gc.collect()
gc.collect()
print(0 < before < 6000, ended)
print(all(reference() is None for kept in references for reference in kept))
print(sum(stat["collected"] for stat in gc.get_stats()) > 6000)


# A finalizer that brings its object back, and one that makes garbage itself.
class Phoenix:
    lives = []

    def __init__(self):
        self.me = self

    def __del__(self):
        Phoenix.lives.append(self)
        Node(0)


def burn(_):
    for _ in range(200):
        Phoenix()


threads = [threading.Thread(target=burn, args=(index,)) for index in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
gc.collect()
print(len(Phoenix.lives), len(set(map(id, Phoenix.lives))), all(one.me is one for one in Phoenix.lives))
Phoenix.lives.clear()
gc.collect()
print(len(Phoenix.lives))
