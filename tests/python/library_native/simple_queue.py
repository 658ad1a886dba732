# queue.SimpleQueue as the module in C has it.
import threading
import time
from _queue import Empty, SimpleQueue

q = SimpleQueue()
q.put(1)
q.put(item=2, block=False, timeout=-5)
q.put_nowait(3)
print(q.qsize(), q.empty(), q.get(), q.get(False), q.get_nowait(), q.empty())
for bad in ['q.get(False)', 'q.get_nowait()', 'q.get(timeout=0.01)', 'q.get(True, 0)', 'q.get(timeout=-1)', 'q.put()', 'SimpleQueue(1)', 'q.get(1, 2, 3)']:
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, '->', type(e).__name__, e)
print(Empty.__mro__, SimpleQueue[int], SimpleQueue.__module__)
try:
    raise Empty('text')
except Exception as e:
    print(repr(e))

got = []


def worker():
    while (item := q.get()) is not None:
        got.append(item)


threads = [threading.Thread(target=worker) for _ in range(3)]
for t in threads:
    t.start()
for n in range(300):
    q.put(n)
for t in threads:
    q.put(None)
for t in threads:
    t.join()
print(sorted(got) == list(range(300)), q.qsize())

late = threading.Thread(target=lambda: (time.sleep(0.02), q.put('late')))
late.start()
print(q.get(), q.get(True, None) if q.qsize() else 'nothing more')
late.join()
q.put(q)
del q
