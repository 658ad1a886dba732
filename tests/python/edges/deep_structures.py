x = None
for _ in range(50000): x = (x,)
depth = 0
y = x
while y is not None:
    y = y[0]
    depth += 1
print(depth)
del x, y
d = {}
for _ in range(50000): d = {"k": d}
del d
class Node:
    def __init__(self, next): self.next = next
n = None
for _ in range(50000): n = Node(n)
del n
print("freed")
def chain(n):
    def f(): return 0
    for _ in range(n):
        f = (lambda g: lambda: g)(f)
    return f
c = chain(20000)
del c
a, b = [], []
for _ in range(100): a, b = [a], [b]
print(a == b, a != b)
