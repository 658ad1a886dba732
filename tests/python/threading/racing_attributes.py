# Attributes that several threads set for the first time all arrive, in instances and in classes.
import threading


class Box:
    pass


boxes = [Box() for _ in range(50)]
start = threading.Barrier(4)


def work(number):
    start.wait()
    for box in boxes:
        setattr(box, f"a{number}", number)
    setattr(Box, f"c{number}", number)


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print({tuple(sorted(vars(box).items())) for box in boxes})
print(sorted(name for name in vars(Box) if name.startswith("c")))
