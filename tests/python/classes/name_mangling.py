class Base:
    __secret = "base"
    def get(self): return self.__secret
    def __private(self): return "p"
    def call(self): return self.__private()
    __dunder__ = "open"

class Child(Base):
    __secret = "child"
    def own(self): return self.__secret

c = Child()
print(c.get(), c.own(), c.call(), c.__dunder__)
print(c._Base__secret, c._Child__secret)
try:
    c.__secret
except AttributeError as error:
    print(error)
class _Under:
    def f(self):
        __local = 3
        return __local, sorted(locals())
print(_Under().f()[1])
