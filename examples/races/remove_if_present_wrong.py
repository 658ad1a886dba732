"""`in` and `remove` are two steps: another thread may have removed it."""
import threading

users = ["eve"]


def remove():
    if "eve" in users:
        users.remove("eve")


threads = [threading.Thread(target=remove) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(users)
