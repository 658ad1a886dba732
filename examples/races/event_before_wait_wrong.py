"""An event is lowered before the wait, which may take away that it was raised already."""
import threading

done = threading.Event()


def worker():
    done.set()


def boss():
    done.clear()
    done.wait()


threads = [threading.Thread(target=worker), threading.Thread(target=boss)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("done")
