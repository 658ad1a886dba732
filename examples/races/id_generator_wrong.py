"""Numbers that are to be given once."""
import threading


class Numbers:
    def __init__(self):
        self.last = 0

    def next(self):
        self.last += 1
        return self.last


numbers = Numbers()
given = []


def work():
    given.append(numbers.next())


threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(given))
