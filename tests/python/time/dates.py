# Dates in local time, in UTC, and as text.
import time

noon = (2024, 2, 29, 12, 30, 45, 3, 60, 0)
seconds = time.mktime(noon)
local = time.localtime(seconds)
print(local[:6], local.tm_wday, local.tm_yday, type(local).__name__, len(local))
print(time.asctime(noon), "|", time.ctime(seconds))
for format in ("%Y-%m-%d %H:%M:%S", "%a %A %b %B %p %I", "%j %U %W %w %u %V %G %g", "%c|%x|%X|%D|%T|%R|%r", "%%%n%t%e%y%C%h%k%l%Q"[:14]):
    print(repr(time.strftime(format, noon)))
for date in ((2021, 1, 3, 0, 0, 0, 6, 3, 0), (2020, 12, 31, 0, 0, 0, 3, 366, 0), (2018, 12, 31, 0, 0, 0, 0, 365, 0)):
    print(time.strftime("%G-W%V-%u", date))
print(time.gmtime(0)[:], time.gmtime(951827445.9)[:6], time.gmtime(-1)[:6])
print(len(time.strftime("%Y")) >= 4, len(time.asctime()) == 24, len(time.ctime()) == 24)
print(type(time.timezone).__name__, type(time.altzone).__name__, time.daylight in (0, 1), len(time.tzname))
for name in ("CLOCK_REALTIME", "CLOCK_MONOTONIC", "CLOCK_PROCESS_CPUTIME_ID", "CLOCK_THREAD_CPUTIME_ID"):
    clock = getattr(time, name)
    print(name, clock, time.clock_gettime(clock) >= 0, time.clock_gettime_ns(clock) >= 0, time.clock_getres(clock) > 0)
for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
    info = time.get_clock_info(name)
    print(name, info.implementation, info.monotonic, info.adjustable)
for wrong in (
    lambda: time.gmtime(1e300),
    lambda: time.localtime(float("nan")),
    lambda: time.localtime("x"),
    lambda: time.get_clock_info("nope"),
    lambda: time.clock_gettime(999),
    lambda: time.mktime((1, 2)),
    lambda: time.mktime("x"),
    lambda: time.asctime((2024, 13, 1, 0, 0, 0, 0, 0, 0)),
    lambda: time.strftime(5),
):
    try:
        print(wrong())
    except (ValueError, TypeError, OverflowError, OSError) as error:
        print(type(error).__name__, error)
