log = []
class T:
    def __init__(self, n): self.n = n
    def __format__(self, spec): log.append((self.n, spec)); return f"<{self.n}:{spec}>"
    def __repr__(self): return f"T({self.n})"
print(f"{T(1)}{T(2):a}{T(3):{T(4)}b}")
print(log)
print(f"{T(5)!r:>6}", f"{T(6)=}", f"{T(7)=:x}")
def f(x): log.append(x); return x
print(f"{f(1)}{f(2)!r:>{f(3)}}", log[-3:])
x = 10
print(f"{x:=^5}", f"{(x := 11)}", x, f"{x!=11}", f"{x==11}", f"{x>=11}", f"{x<=5 = }")
width, precision = 10, 3
print(f"{3.14159265:{width}.{precision}}|", f"{'abc':{'<' if x else '>'}{width}}|")
