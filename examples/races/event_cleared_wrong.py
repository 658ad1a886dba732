"""An event that is lowered by whoever raised it: the waiter may come too late."""
import threading

event = threading.Event()


def signal():
    event.set()
    event.clear()


def wait():
    event.wait()
    print("seen")


threads = [threading.Thread(target=wait), threading.Thread(target=signal)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
