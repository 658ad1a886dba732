import _thread
lock = _thread.allocate_lock(); done = _thread.allocate_lock(); done.acquire()
out = []
def work(a, b=0):
    out.append((a, b)); done.release()
print(type(_thread.start_new_thread(work, (1,), {"b": 2})).__name__)
done.acquire(); print(out, lock.locked(), type(_thread.get_ident()).__name__, _thread.LockType is type(lock), _thread.error is RuntimeError)
for f in (lambda: _thread.start_new_thread(5, ()), lambda: _thread.start_new_thread(work, 5), lock.release):
    try:
        f()
    except (TypeError, RuntimeError) as error:
        print(type(error).__name__, error)
