# Cycles are found by the collector, whoever made them; what can still be reached stays.
import gc
import threading

gc.collect()


def knot():
    a = []
    b = [a]
    a.append(b)


def tie(n):
    for _ in range(n):
        knot()


def run_in_threads(target, args):
    threads = [threading.Thread(target=target, args=args) for _ in range(2)]
    for t in threads:
        t.start()
    return threads


knot()
# expect: True
print(gc.collect() >= 2)
# expect: 0
print(gc.collect())

for t in run_in_threads(tie, (50,)):
    t.join()
# expect: True
print(gc.collect() >= 200)

kept = [1, {"k": [2]}]
kept.append(kept)
gc.collect()
# expect: [2] 1
print(kept[1]["k"], kept[2][0])

# The world is stopped again and again while others make what is collected.
threads = run_in_threads(tie, (2000,))
while any([t.is_alive() for t in threads]):
    gc.collect()
for t in threads:
    t.join()
gc.collect()
# expect: 0
print(gc.collect())
