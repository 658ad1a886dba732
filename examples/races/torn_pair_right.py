"""Two values that belong together are one tuple."""
import threading


class Point:
    place = (0, 0)


point = Point()
seen = None


def move():
    point.place = (1, 1)


def look():
    global seen
    seen = point.place


threads = [threading.Thread(target=move), threading.Thread(target=look)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(seen in ((0, 0), (1, 1)))
