def chain(c): return " > ".join(x.__name__ for x in c.__mro__[:-1])
for c in (KeyError, IndexError, ZeroDivisionError, RecursionError, NotImplementedError, UnicodeDecodeError, FileNotFoundError, ModuleNotFoundError, IndentationError, TabError, StopIteration, GeneratorExit, KeyboardInterrupt, SystemExit, UnboundLocalError, ConnectionResetError, ExceptionGroup, DeprecationWarning, OverflowError, StopAsyncIteration, BufferError, EOFError, MemoryError):
    print(chain(c))
print(IOError is OSError, EnvironmentError is OSError, TimeoutError.__base__.__name__)
