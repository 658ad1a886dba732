import threading
l = threading.local(); l.x = "main"
seen = []
def work(n):
    seen.append(hasattr(l, "x")); l.x = n; seen.append(l.x)
t = threading.Thread(target=work, args=(5,)); t.start(); t.join()
print(seen, l.x, l.__dict__)
class My(threading.local):
    made = 0
    def __init__(self, start): My.made += 1; self.v = start
m = My(10); m.v += 1
def again(): seen.append(m.v)
t = threading.Thread(target=again); t.start(); t.join()
print(seen[-1], m.v, My.made)
try:
    l.y
except AttributeError as error:
    print(error)
