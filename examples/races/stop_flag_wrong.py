"""A worker that looks at a flag does one round more or less: what it did depends on who was faster."""
import threading

stopped = False
rounds = 0


def work():
    global rounds
    for _ in range(2):
        if stopped:
            return
        rounds += 1


def stop():
    global stopped
    stopped = True


threads = [threading.Thread(target=work), threading.Thread(target=stop)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(rounds)
