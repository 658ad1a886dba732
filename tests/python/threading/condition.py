import threading
items, done = [], []
c = threading.Condition()
def consume():
    for _ in range(3):
        with c:
            c.wait_for(lambda: items)
            done.append(items.pop(0))
t = threading.Thread(target=consume); t.start()
for i in range(3):
    with c: items.append(i); c.notify()
t.join(); print(done)
for f in (c.notify, c.wait, c.notify_all):
    try:
        f()
    except RuntimeError as error:
        print(error)
with c: print(c.wait(0.01), c.wait_for(lambda: False, 0.01), c.wait_for(lambda: 5))
