"""A semaphore lets one thread in."""
import threading

places = threading.Semaphore(1)
inside = 0
most = 0


def enter():
    global inside, most
    with places:
        inside += 1
        most = max(most, inside)
        inside -= 1


threads = [threading.Thread(target=enter) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(most)
