"""A counter of free places that is no semaphore lets two threads in."""
import threading

free = 1
inside = 0
most = 0


def enter():
    global free, inside, most
    if free > 0:
        free -= 1
        inside += 1
        most = max(most, inside)
        inside -= 1
        free += 1


threads = [threading.Thread(target=enter) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(most)
