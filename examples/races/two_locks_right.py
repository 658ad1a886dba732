"""Two threads take two locks in one order."""
import threading

left = threading.Lock()
right = threading.Lock()


def work(first, second):
    with first:
        with second:
            pass


threads = [
    threading.Thread(target=work, args=(left, right)),
    threading.Thread(target=work, args=(left, right)),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("done")
