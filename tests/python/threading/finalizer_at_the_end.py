"""What another thread drops may be finalized while its owner ends, and use what that thread keeps for itself."""

import gc
import threading

gone = []
local = threading.local()


class Said:
    def __init__(self, text):
        self.text = text

    def __del__(self):
        gone.append(self.text)
        assert threading.current_thread().name


class Dropped:
    def __init__(self, text):
        self.text = text

    def __del__(self):
        gone.append(self.text)
        if "local" in globals():
            local.said = Said("kept for the thread by " + self.text)


def work(box, text, made, go):
    box.append(Dropped("the finalizer of " + text))
    local.said = Said(text)
    made.set()
    go.wait()


for number in range(20):
    box, made, go = [], threading.Event(), threading.Event()
    text = f"thread {number}"
    thread = threading.Thread(target=work, args=(box, text, made, go))
    thread.start()
    made.wait()
    box.clear()
    go.set()
    thread.join()
del local, thread
gc.collect()
for text in sorted(gone):
    print(text)
