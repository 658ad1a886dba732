# What the main thread holds ends after the daemon threads were left behind, and may collect.
import gc
import threading


class Ward:
    def __del__(self):
        gc.collect()
        print("collected", flush=True)


local = threading.local()
local.ward = Ward()
threading.Thread(target=threading.Event().wait, daemon=True).start()
print("end")
