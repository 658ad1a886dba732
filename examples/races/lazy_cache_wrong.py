"""A value that is made when it is first wanted."""
import threading


class Settings:
    def __init__(self):
        self.made = 0
        self.value = None

    def get(self):
        if self.value is None:
            self.made += 1
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
