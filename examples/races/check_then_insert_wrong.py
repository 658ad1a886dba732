"""The first one to come is to be registered, and nobody else."""
import threading

owners = {}


def register(name):
    if "printer" not in owners:
        owners["printer"] = name
        print(name)


threads = [threading.Thread(target=register, args=(name,)) for name in ("a", "b")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
