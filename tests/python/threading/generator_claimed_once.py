# A generator that is running refuses a second thread.
import threading

inside, leave = threading.Event(), threading.Event()


def numbers():
    inside.set()
    leave.wait()
    yield 1


shared = numbers()
first = []
runner = threading.Thread(target=lambda: first.append(next(shared)))
runner.start()
inside.wait()
try:
    next(shared)
except ValueError as error:
    print(error)
leave.set()
runner.join()
print(first, list(shared))
