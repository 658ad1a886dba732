"""A value that is made when it is first wanted, once."""
import threading


class Settings:
    def __init__(self):
        self.lock = threading.Lock()
        self.value = None

    def get(self):
        with self.lock:
            if self.value is None:
                self.value = ["settings"]
            return self.value


settings = Settings()
seen = [None, None]


def work(index):
    seen[index] = settings.get()


threads = [threading.Thread(target=work, args=(index,)) for index in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(seen[0] is seen[1])
