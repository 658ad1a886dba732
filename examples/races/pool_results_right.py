"""Workers add results; how many there are, the list says."""
import threading

results = []


def work(n):
    results.append(n)
    results.append(n)


threads = [threading.Thread(target=work, args=(n,)) for n in (1, 1)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results)
