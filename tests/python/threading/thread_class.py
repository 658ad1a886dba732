import threading
class Worker(threading.Thread):
    def __init__(self, n): super().__init__(name=f"worker-{n}"); self.n, self.result = n, None
    def run(self): self.result = self.n ** 2, threading.current_thread().name
ws = [Worker(i) for i in range(3)]
for w in ws: w.start()
for w in ws: w.join()
print([w.result for w in ws], ws[0].is_alive(), ws[0].daemon, ws[0].ident is not None)
print(threading.main_thread().name, threading.current_thread() is threading.main_thread(), threading.active_count(), [t.name for t in threading.enumerate()])
t = threading.Thread(target=lambda: None)
for f in (t.join, lambda: (t.start(), t.join(), t.start()), lambda: threading.current_thread().join(), lambda: setattr(t, "daemon", True) if t.is_alive() else threading.Thread(group=1)):
    try:
        f()
    except (RuntimeError, AssertionError) as error:
        print(type(error).__name__, error)
