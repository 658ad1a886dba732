"""A consumer that waits for as long as there is nothing."""
import threading

condition = threading.Condition()
items = []


def consume():
    with condition:
        while not items:
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
