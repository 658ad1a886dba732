class Watched:
    count = 0

    def __init__(self):
        self.x = 1

    def __getattribute__(self, name):
        if not name.startswith("__"):
            print("get", name)
        return object.__getattribute__(self, name)

    def method(self):
        return self.x

w = Watched()
print(w.x)
print(w.method())
print(w.count)

class Falls:
    def __getattribute__(self, name):
        raise AttributeError("first " + name)

    def __getattr__(self, name):
        return "fallback " + name

print(Falls().thing)
class Wrong:
    def __getattribute__(self, name):
        raise KeyError(name)
    def __getattr__(self, name):
        return "never"
try:
    Wrong().thing
except KeyError as error:
    print(repr(error))
