import gc

class Noisy:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)

a = Noisy("a")
del a
b = Noisy("b")
b = None
def scope():
    local = Noisy("local")
    print("in scope")
scope()
items = [Noisy("x"), Noisy("y")]
items.pop()
items.clear()
one = Noisy("cycle")
one.me = one
del one
gc.collect()
saved = []
class Risen:
    def __del__(self):
        print("rise")
        saved.append(self)
r = Risen()
del r
print(len(saved))
saved.clear()
print("end")
