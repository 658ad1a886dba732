# What the program's names and the cycles that are left hold is finalized when the program ends.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


held = Noisy("held")
pair = [Noisy("cycle")]
pair.append(pair)
del pair


def unused():
    return held


print("last line")
