"""Looking and taking are one step under a lock."""
import threading

balance = 10
lock = threading.Lock()


def withdraw():
    global balance
    with lock:
        if balance >= 10:
            balance -= 10


threads = [threading.Thread(target=withdraw) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(balance)
