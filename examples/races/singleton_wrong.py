"""A class keeps its only instance in an attribute, and makes two."""
import threading


class Service:
    instance = None
    made = 0

    @classmethod
    def get(cls):
        if cls.instance is None:
            cls.made += 1
            cls.instance = cls()
        return cls.instance


def work():
    Service.get()


threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(Service.made)
