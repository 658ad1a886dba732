"""`pop` with a default is one step."""
import threading

sessions = {"eve": 1}


def drop():
    sessions.pop("eve", None)


threads = [threading.Thread(target=drop) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sessions)
