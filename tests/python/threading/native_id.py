import threading
print(threading.get_native_id() > 0, threading.current_thread().native_id == threading.get_native_id())
ids = []
ts = [threading.Thread(target=lambda: ids.append(threading.get_native_id())) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(len(ids), all(type(i) is int for i in ids), [t.native_id for t in ts] == ids or sorted(t.native_id for t in ts) == sorted(ids))
t = threading.Thread(target=lambda: None)
print(t.native_id)
t.start()
print(t.native_id == t.native_id > 0)
t.join()
print(threading.main_thread().native_id == threading.get_native_id())
