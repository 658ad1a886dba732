"""Two attributes that belong together are read between their stores."""
import threading


class Point:
    x = 0
    y = 0


point = Point()
seen = None


def move():
    point.x = 1
    point.y = 1


def look():
    global seen
    seen = (point.x, point.y)


threads = [threading.Thread(target=move), threading.Thread(target=look)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(seen in ((0, 0), (1, 1)))
