"""What an exception group's class has that other built-in exceptions lack."""
import sys
import weakref

group = ExceptionGroup("several", [ValueError(1)])
print(ExceptionGroup.__module__, sorted(name for name in vars(ExceptionGroup) if name != "__doc__"))
print(group.__weakref__)
reference = weakref.ref(group)
print(group.__weakref__ is reference)
print(sys.getunicodeinternedsize() > 100, sys.getallocatedblocks() > 100)
before = sys.getunicodeinternedsize()
sys.intern("a text that nobody " + "has interned yet")
print(sys.getunicodeinternedsize() - before)
