import threading
def bad(): return [][3]
t = threading.Thread(target=bad, name="T")
print("start")
threading.excepthook = lambda a: print(a.exc_type.__name__, a.exc_value)
t.start(); t.join()
print("main goes on")
raise KeyError("main ends")
