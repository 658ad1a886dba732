import threading
log = []
b = threading.Barrier(3, action=lambda: log.append("action"))
got = []
def work(): got.append(b.wait())
ts = [threading.Thread(target=work) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(got), log, b.parties, b.n_waiting, b.broken)
b.abort(); print(b.broken)
try:
    b.wait()
except threading.BrokenBarrierError as error:
    print(type(error).__name__)
b.reset(); print(b.broken)
try:
    b.wait(0.01)
except threading.BrokenBarrierError:
    print("timed out", b.broken)
