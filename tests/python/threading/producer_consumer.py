# A condition hands items from one thread to another, in order.
import threading

cond = threading.Condition()
items = []
out = []


def produce():
    for i in range(200):
        with cond:
            items.append(i)
            cond.notify()


def consume():
    while len(out) < 200:
        with cond:
            cond.wait_for(lambda: items)
            out.append(items.pop(0))


threads = [threading.Thread(target=produce), threading.Thread(target=consume)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(out == list(range(200)), items)
