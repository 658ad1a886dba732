import gc
class Node:
    def __init__(self): self.me = self; self.data = [1]*10
def hwm():
    pass
collections = [0]
gc.callbacks.append(lambda p, i: collections.__setitem__(0, collections[0] + (p == 'stop')))
for i in range(200000): Node()
print(collections, gc.get_count(), gc.get_stats())
