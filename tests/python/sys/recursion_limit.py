import sys
old = sys.getrecursionlimit()
sys.setrecursionlimit(100)
def down(n): return 0 if n == 0 else 1 + down(n - 1)
print(down(50))
try:
    down(500)
except RecursionError as error:
    print(error)
sys.setrecursionlimit(old)
print(down(500))
def forever(): return forever()
try:
    forever()
except RecursionError as error:
    print(type(error).__name__, str(error)[:32])
class R:
    def __getattr__(self, name): return self.other
try:
    R().x
except RecursionError as error:
    print("getattr", str(error)[:32])
print(down(100))
