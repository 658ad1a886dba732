"""Two threads add to a counter, five times each: how many orders are explored in a second?

    raddle explore examples/orders.py
"""
import threading

counter = 0


def work():
    global counter
    for _ in range(5):
        counter += 1


threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter)
