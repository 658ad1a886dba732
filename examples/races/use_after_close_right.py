"""Closing and using exclude each other."""
import threading


class Connection:
    def __init__(self):
        self.rows = [1]
        self.lock = threading.Lock()

    def close(self):
        with self.lock:
            self.rows = None

    def first(self):
        with self.lock:
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
