"""A copy of the list, made in one step, is indexed."""
import threading

queue = [1, 2, 3]
seen = None


def take():
    queue.pop(0)


def look():
    global seen
    now = queue[:]
    seen = (now[0], now[1])


threads = [threading.Thread(target=take), threading.Thread(target=look)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(seen in ((1, 2), (2, 3)))
