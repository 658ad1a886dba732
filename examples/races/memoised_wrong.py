"""A function that keeps its results computes one of them twice."""
import threading

results = {}
computed = 0


def square(n):
    global computed
    if n not in results:
        computed += 1
        results[n] = n * n
    return results[n]


def work():
    square(3)


threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(computed)
