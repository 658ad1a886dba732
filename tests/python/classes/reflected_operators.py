class Left:
    def __init__(self, answers): self.answers = answers
    def __add__(self, other): return "left" if self.answers else NotImplemented
    def __sub__(self, other): return NotImplemented

class Right:
    def __radd__(self, other): return "right"
    def __rsub__(self, other): return "rsub"
    def __rmul__(self, other): return ("rmul", other)
    def __rpow__(self, other): return ("rpow", other)
    def __rdivmod__(self, other): return ("rdivmod", other)

class Special(Left):
    def __radd__(self, other): return "special first"

print(Left(True) + Right(), Left(False) + Right())
print(Left(True) + Special(True))
print(Left(True) - Right(), 3 * Right(), 2 ** Right(), divmod(5, Right()))
try:
    Left(False) + Left(False)
except TypeError as error:
    print(error)
try:
    Left(True) - 1
except TypeError as error:
    print(error)
try:
    Right() @ Right()
except TypeError as error:
    print(error)
