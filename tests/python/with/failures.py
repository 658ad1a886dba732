class EnterFails:
    def __enter__(self): raise ValueError("enter")
    def __exit__(self, *a): print("never")
class ExitFails:
    def __enter__(self): return self
    def __exit__(self, *a): raise KeyError("exit")
class Outer:
    def __enter__(self): print("outer enter")
    def __exit__(self, kind, *a): print("outer exit", kind and kind.__name__); return True
with Outer(), EnterFails(): print("never")
try:
    with ExitFails(): raise ValueError("body")
except KeyError as error:
    print(repr(error), repr(error.__context__))
with Outer(): 
    with ExitFails(): pass
class OnClass: pass
o = OnClass()
o.__enter__ = o.__exit__ = lambda *a: print("instance attributes do not count")
try:
    with o: pass
except TypeError as error:
    print(type(error).__name__)
