import _thread, threading
def tell(*fs):
    for f in fs:
        try:
            print(f())
        except BaseException as error:
            print(type(error).__name__, error)
log, go = [], _thread.allocate_lock(); go.acquire()
def work():
    go.acquire(); log.append("worked")
h = _thread.start_joinable_thread(work)
print(h.is_done(), type(h), h.ident > 0)
h.join(0.01); print(h.is_done()); go.release(); h.join(); print(h.is_done(), log)
n = _thread._ThreadHandle()
tell(n.join, lambda: n.ident, lambda: repr(n), lambda: _thread.start_joinable_thread(5), lambda: _thread.start_joinable_thread(work, handle=3), lambda: _thread.start_joinable_thread(work, handle=h), lambda: _thread.interrupt_main(99), lambda: _thread.start_new_thread(work, (), 5), lambda: _thread.interrupt_main(15), lambda: _thread.daemon_threads_allowed())
done, seen = _thread.allocate_lock(), []; done.acquire()
def dummy():
    t = threading.current_thread()
    seen.append((t.name, t.daemon, t.is_alive(), type(t), t is threading.current_thread(), t in threading.enumerate(), threading.active_count()))
    try:
        t.join()
    except RuntimeError as error:
        seen.append(str(error))
    done.release()
_thread.start_new_thread(dummy, ()); done.acquire(); print(seen)
def leave():
    done.release(); _thread.exit()
done.acquire(False); _thread.start_new_thread(leave, ()); done.acquire(); print("left")
print(threading.ExceptHookArgs((1, 2, 3, 4)), threading.ExceptHookArgs, _thread._ExceptHookArgs is threading.ExceptHookArgs)
tell(lambda: threading.ExceptHookArgs((1, 2)), lambda: threading.excepthook(3))
print(_thread.lock, _thread.RLock, _thread._local, _thread.LockType, threading.local is _thread._local, threading.TIMEOUT_MAX == _thread.TIMEOUT_MAX > 1e9)
