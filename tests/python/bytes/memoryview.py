data = bytearray(b"abcdef")
m = memoryview(data)
print(m[0], m[1:3].tobytes(), m.tolist(), len(m), m.nbytes, m.format, m.itemsize, m.ndim, m.shape, m.strides, m.readonly, m.contiguous, m.obj is data, bytes(m[::2]), m[::-1].tobytes())
m[0] = 65
m[1:3] = b"XY"
print(data, m == data, m == b"AXYdef", 65 in m, list(m[-2:]), m.hex(), m.tobytes(), hash(memoryview(b"x")) == hash(b"x"))
c = memoryview(bytes(range(8))).cast("H")
print(c.format, len(c), c.itemsize, c.shape, c.cast("B").tolist())
g = memoryview(bytes(range(6))).cast("B", [2, 3])
print(g.tolist(), g[1, 2], g.ndim, g.shape, g.strides)
with memoryview(data) as w: print(w[0])
for f in (lambda: w[0], lambda: data.append(1), lambda: memoryview("a"), lambda: memoryview(b"a").__setitem__(0, 1), lambda: m[99], lambda: m.__setitem__(0, 300), lambda: m.__setitem__(slice(0, 2), b"abc"), lambda: hash(m), lambda: m["a"], lambda: memoryview(b"abc").cast("H")):
    try:
        f()
    except (ValueError, TypeError, IndexError, BufferError) as error:
        print(type(error).__name__, error)
m.release()
data.append(1)
print(data, memoryview(b"ab").toreadonly().readonly)
