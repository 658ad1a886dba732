import time
a = time.monotonic(); b = time.monotonic()
print(b >= a, type(a).__name__, time.perf_counter() >= 0, type(time.time_ns()).__name__, time.monotonic_ns() > 0, time.process_time() >= 0, time.time() > 1e9)
t = time.perf_counter(); time.sleep(0.02); print(time.perf_counter() - t >= 0.019, time.sleep(0), type(time.thread_time()).__name__)
for f in (lambda: time.sleep(-1), lambda: time.sleep("a"), lambda: time.sleep()):
    try:
        f()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
g = time.gmtime(0)
print(g[:9], g.tm_year, g.tm_yday, time.strftime("%Y-%m-%d %H:%M:%S", g), time.asctime(g), time.gmtime(86400 * 365)[:3], len(g))
print(time.strftime("%j %w %y %B %a %%", time.gmtime(10 ** 9)))
