import sys, threading, _thread
def bad(): raise ValueError("bad")
def run():
    t = threading.Thread(target=bad, name="T"); t.start(); t.join()
def tell(f):
    try:
        print(f())
    except NotImplementedError as error:
        print(type(error).__name__)
def broken(args): raise KeyError("in the hook")
hook = sys.excepthook
sys.excepthook = lambda kind, error, traceback: print("sys", kind.__name__, error)
threading.excepthook = broken; run()
sys.excepthook = hook
threading.excepthook = threading.__excepthook__
def stop(): sys.exit("unseen")
t = threading.Thread(target=stop); t.start(); t.join()
print(threading.gettrace(), threading.getprofile(), threading.settrace(None), threading.setprofile(None))
class Stopped(threading.Thread):
    def run(self): raise SystemExit
s = Stopped(); s.start(); s.join(); print(s.is_alive())
done = _thread.allocate_lock(); done.acquire()
def ignored(a):
    print(a.exc_type.__name__, a.err_msg.split(" <")[0], a.object); done.release()
sys.unraisablehook = ignored
def alone(): raise ValueError("alone")
_thread.start_new_thread(alone, ()); done.acquire()
