"""The greatest value so far: a smaller one may replace it."""
import threading

greatest = 0


def offer(value):
    global greatest
    if value > greatest:
        greatest = value


threads = [threading.Thread(target=offer, args=(value,)) for value in (1, 2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(greatest)
