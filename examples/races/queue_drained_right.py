"""Two threads take jobs from a list until there is none."""
import threading

jobs = [1]


def drain():
    while True:
        try:
            jobs.pop()
        except IndexError:
            return


threads = [threading.Thread(target=drain) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("done")
