"""Two threads take jobs from a list while it has some."""
import threading

jobs = [1]


def drain():
    while len(jobs):
        jobs.pop()


threads = [threading.Thread(target=drain) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("done")
