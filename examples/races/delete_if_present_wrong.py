"""`in` and `del` are two steps."""
import threading

sessions = {"eve": 1}


def drop():
    if "eve" in sessions:
        del sessions["eve"]


threads = [threading.Thread(target=drop) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sessions)
