class Strict:
    def __setattr__(self, name, value):
        if name.startswith("bad"):
            raise AttributeError("refused " + name)
        print("set", name, value)
        super().__setattr__(name, value)

    def __delattr__(self, name):
        print("del", name)
        super().__delattr__(name)

s = Strict()
s.good = 1
s.good += 1
try:
    s.bad = 1
except AttributeError as error:
    print(error)
del s.good
try:
    del s.good
except AttributeError as error:
    print(error)
object.__setattr__(s, "bad", 9)
print(s.bad, vars(s))
setattr(s, "other", 3)
try:
    object().x = 1
except AttributeError as error:
    print(error)
