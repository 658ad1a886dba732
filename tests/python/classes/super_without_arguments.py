def outside():
    try:
        super()
    except RuntimeError as error:
        print(error)

class A:
    def f(self):
        return super().__repr__()[:10]

    def no_self():
        return super()

    def deleted(self):
        del self
        return super()

outside()
print(A().f().split(".")[0])
for call in (A.no_self, lambda: A().deleted()):
    try:
        call()
    except RuntimeError as error:
        print(error)
print(A.f.__code__.co_freevars)
