import threading
t = threading.Thread(name="t")
print(t.getName(), t.isDaemon())
t.setName("u"); t.setDaemon(True)
print(t.name, t.daemon, threading.currentThread() is threading.main_thread(), threading.activeCount())
e = threading.Event(); print(e.isSet())
for _ in range(2): t.getName()
