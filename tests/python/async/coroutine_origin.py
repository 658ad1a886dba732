"""Where a coroutine was made is remembered when that was asked for."""
import sys


async def work():
    return 1


def make():
    return work()


def outer():
    return make()


def show(made):
    origin = made.cr_origin
    if origin is None:
        print(None)
    else:
        print([(line, name) for _, line, name in origin], {file == __file__ for file, _, _ in origin})
    made.close()


print(sys.get_coroutine_origin_tracking_depth())
show(outer())
sys.set_coroutine_origin_tracking_depth(1)
show(outer())
sys.set_coroutine_origin_tracking_depth(depth=2)
show(outer())
sys.set_coroutine_origin_tracking_depth(100)
show(outer())
print(sys.get_coroutine_origin_tracking_depth())
for wrong in (-1, "1", 2**40):
    try:
        sys.set_coroutine_origin_tracking_depth(wrong)
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
made = outer()
try:
    made.cr_origin = None
except AttributeError as error:
    print(error)
made.close()
sys.set_coroutine_origin_tracking_depth(0)
show(outer())
