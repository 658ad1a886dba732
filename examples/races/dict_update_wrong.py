"""`update` adds keys one by one for who looks without the lock."""
import threading

settings = {}
new = {"host": 1, "port": 2}
seen = None


def load():
    settings.update(new)


def look():
    global seen
    seen = ("host" in settings, "port" in settings)


threads = [threading.Thread(target=load), threading.Thread(target=look)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(seen != (True, False))
