import threading
def hook(args): print(args.exc_type.__name__, args.exc_value, args.thread.name, args.exc_traceback is not None)
threading.excepthook = hook
def bad(): raise ValueError("in thread")
t = threading.Thread(target=bad, name="failing"); t.start(); t.join()
def leave(): raise SystemExit(3)
t = threading.Thread(target=leave); t.start(); t.join()
print("after", threading.__excepthook__ is not hook, t.is_alive())
