"""A worker is given what it is to do, and then joined."""
import threading

rounds = 0


def work():
    global rounds
    for _ in range(2):
        rounds += 1


def stop():
    pass


threads = [threading.Thread(target=work), threading.Thread(target=stop)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(rounds)
