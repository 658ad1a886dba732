"""A consumer that waits without asking whether there is something: the call may have come before."""
import threading

condition = threading.Condition()
items = []


def consume():
    with condition:
        condition.wait()
        print(items.pop())


def produce():
    with condition:
        items.append("item")
        condition.notify()


threads = [threading.Thread(target=consume), threading.Thread(target=produce)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
