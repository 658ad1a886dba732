"""Money moves between accounts, and some is lost."""
import threading

accounts = {"a": 10, "b": 10}


def move(source, target, amount):
    accounts[source] = accounts[source] - amount
    accounts[target] = accounts[target] + amount


threads = [
    threading.Thread(target=move, args=("a", "b", 1)),
    threading.Thread(target=move, args=("b", "a", 2)),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(accounts["a"] + accounts["b"])
