"""Indexing while another thread takes the first item out: an item is found twice."""
import threading

queue = [1, 2, 3]
seen = None


def take():
    queue.pop(0)


def look():
    global seen
    seen = (queue[0], queue[1])


threads = [threading.Thread(target=take), threading.Thread(target=look)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(seen in ((1, 2), (2, 3)))
