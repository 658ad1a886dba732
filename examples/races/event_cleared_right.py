"""An event that stays."""
import threading

event = threading.Event()


def signal():
    event.set()


def wait():
    event.wait()
    print("seen")


threads = [threading.Thread(target=wait), threading.Thread(target=signal)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
