"""One thread closes what another one has just found open."""
import threading


class Connection:
    def __init__(self):
        self.rows = [1]

    def close(self):
        self.rows = None

    def first(self):
        if self.rows is not None:
            return self.rows[0]
        return "closed"


connection = Connection()


threads = [
    threading.Thread(target=connection.close),
    threading.Thread(target=connection.first),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("end")
