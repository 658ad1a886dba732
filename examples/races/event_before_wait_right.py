"""An event is lowered before the thread starts that raises it."""
import threading

done = threading.Event()
done.clear()


def worker():
    done.set()


def boss():
    done.wait()


threads = [threading.Thread(target=worker), threading.Thread(target=boss)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("done")
