# Threads of a subclass keep their results; join makes them visible.
import threading


class Worker(threading.Thread):
    def __init__(self, number):
        super().__init__(name=f"worker-{number}")
        self.number = number
        self.result = None

    def run(self):
        self.result = sum(range(self.number))


workers = [Worker(n * 100) for n in range(6)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print([worker.result for worker in workers])
print([worker.name for worker in workers], any(worker.is_alive() for worker in workers))
try:
    workers[0].start()
except RuntimeError as error:
    print(error)
try:
    threading.Thread(target=print).join()
except RuntimeError as error:
    print(error)
