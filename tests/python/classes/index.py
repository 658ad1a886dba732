class I:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n

print([10, 20, 30][I(1)], "abc"[I(-1)], (1, 2, 3)[I(0):I(2)])
print(hex(I(255)), bin(I(5)), int(I(7)), range(I(3)), [0] * I(2))
print(list(range(10))[I(2)::I(3)], chr(I(65)), bytes(I(2)))
class Bad:
    def __index__(self): return "1"
for action in (lambda: [1][Bad()], lambda: [1].__getitem__("a"), lambda: [1].__getitem__(1.0), lambda: hex(1.5)):
    try:
        action()
    except TypeError as error:
        print(error)
print(round(3.14159, I(2)), 1 << 3, divmod(7, 2))
print(float(I(3)), complex(I(2)))
