# A thread that was started once keeps its daemon status for ever.
import threading

thread = threading.Thread(target=int)
thread.daemon = True
print(thread.daemon)
thread.start()
thread.join()
try:
    thread.daemon = False
except RuntimeError as error:
    print(error)
print(thread.daemon)
