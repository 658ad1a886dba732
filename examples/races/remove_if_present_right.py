"""Removing is one step, and that it was gone is no error."""
import threading

users = ["eve"]


def remove():
    try:
        users.remove("eve")
    except ValueError:
        pass


threads = [threading.Thread(target=remove) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(users)
