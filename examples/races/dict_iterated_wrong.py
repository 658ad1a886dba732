"""A dict grows while another thread goes through it."""
import threading

prices = {"tea": 3}
total = 0


def add():
    prices["coffee"] = 4


def count():
    global total
    for name in prices:
        total += prices[name]


threads = [threading.Thread(target=add), threading.Thread(target=count)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(total in (3, 7))
