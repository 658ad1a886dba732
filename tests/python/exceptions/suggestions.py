class Thing:
    colour = 1
    def describe(self): pass
def f(length):
    return lenght
for action in (lambda: Thing().color, lambda: f(1), lambda: [].apend(1)):
    try:
        action()
    except (AttributeError, NameError) as error:
        print(type(error).__name__, error)
Thing().descrbe()
