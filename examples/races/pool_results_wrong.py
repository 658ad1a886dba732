"""Workers write how many results there are beside the list of them."""
import threading

results = []
count = 0


def work(n):
    global count
    results.append(n)
    count = len(results)
    results.append(count)


threads = [threading.Thread(target=work, args=(n,)) for n in (1, 1)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results)
