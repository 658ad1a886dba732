"""The new dict takes the place of the old one in one step."""
import threading

settings = {}
new = {"host": 1, "port": 2}
seen = None


def load():
    global settings
    settings = new


def look():
    global seen
    now = settings
    seen = ("host" in now, "port" in now)


threads = [threading.Thread(target=load), threading.Thread(target=look)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(seen != (True, False))
