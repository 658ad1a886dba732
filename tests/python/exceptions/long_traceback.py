def down(n):
    if n == 0:
        raise LookupError("bottom")
    return down(n - 1) + 1

class Holder:
    def method(self, depth):
        value = (
            down(depth)
            + 1
        )
        return value

print([Holder().method(-0) if False else 1])
Holder().method(6)
