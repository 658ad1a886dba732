"""Two threads look whether there is enough, and both take it."""
import threading

balance = 10


def withdraw():
    global balance
    if balance >= 10:
        balance -= 10


threads = [threading.Thread(target=withdraw) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(balance)
