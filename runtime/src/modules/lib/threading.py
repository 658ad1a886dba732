"""Threads, and what they use to wait for each other."""

__all__ = [
    "get_ident", "active_count", "Condition", "current_thread", "enumerate", "main_thread", "TIMEOUT_MAX", "Event",
    "Lock", "RLock", "Semaphore", "BoundedSemaphore", "Thread", "Barrier", "BrokenBarrierError", "Timer",
    "ThreadError", "setprofile", "settrace", "local", "stack_size", "excepthook", "ExceptHookArgs", "getprofile",
    "gettrace", "setprofile_all_threads", "settrace_all_threads", "get_native_id",
]

ThreadError = RuntimeError


def excepthook(args, /):
    """Tell of an exception that ended a thread."""
    if type(args) is not ExceptHookArgs:
        raise TypeError("_thread.excepthook argument type must be ExceptHookArgs")
    error = args.exc_value if args.exc_value is not None else args.exc_type()
    _report(error, args.thread)


__excepthook__ = excepthook


def _tell(error, thread):
    hook = __excepthook__ if excepthook is None else excepthook
    hook(ExceptHookArgs((type(error), error, error.__traceback__, thread)))


class _MainThread(Thread):
    """The thread that runs the program."""


class _DummyThread(Thread):
    """A thread that was not started through this module."""

    def join(self, timeout=None):
        raise RuntimeError("cannot join a dummy thread")


# What the end of the program calls before it waits for threads, the last one first.
_exit_functions = []


def _register_atexit(function, *args, **kwargs):
    _exit_functions.append((function, args, kwargs))


def _call_at_exit():
    while _exit_functions:
        function, args, kwargs = _exit_functions.pop()
        function(*args, **kwargs)


def settrace(func):
    """Set the trace function of new threads; only None is possible."""
    if func is not None:
        raise NotImplementedError("threads cannot be traced")


def setprofile(func):
    """Set the profile function of new threads; only None is possible."""
    if func is not None:
        raise NotImplementedError("threads cannot be profiled")


settrace_all_threads = settrace
setprofile_all_threads = setprofile


def gettrace():
    """Return the trace function of new threads."""
    return None


def getprofile():
    """Return the profile function of new threads."""
    return None


class Condition:
    """Lets threads that hold a lock wait until another thread tells them of a change."""

    def __init__(self, lock=None):
        if lock is None:
            lock = RLock()
        self._lock = lock
        self.acquire = lock.acquire
        self.release = lock.release
        # A lock that knows its holder says so itself, and is given up as a whole however often it is held.
        for name in ("_release_save", "_acquire_restore", "_is_owned"):
            if hasattr(lock, name):
                setattr(self, name, getattr(lock, name))
        # The locks on which waiting threads sleep, those that came first in front.
        self._waiters = []

    def __repr__(self):
        return f"<Condition({self._lock}, {len(self._waiters)})>"

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exc_info):
        return self._lock.__exit__(*exc_info)

    def locked(self):
        """Return whether the lock is held."""
        return self._lock.locked()

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, saved):
        self._lock.acquire()

    def _is_owned(self):
        free = self._lock.acquire(False)
        if free:
            self._lock.release()
        return not free

    def _check(self, what):
        if not self._is_owned():
            raise RuntimeError(f"cannot {what} on un-acquired lock")

    def wait(self, timeout=None):
        """Give up the lock, wait for a notification or the time-out, and take the lock again.

        Return whether a notification came in time.
        """
        self._check("wait")
        sleeper = Lock()
        sleeper.acquire()
        self._waiters.append(sleeper)
        saved = self._release_save()
        woken = False
        try:
            if timeout is None:
                woken = sleeper.acquire()
            elif timeout > 0:
                woken = sleeper.acquire(True, timeout)
            else:
                woken = sleeper.acquire(False)
            return woken
        finally:
            self._acquire_restore(saved)
            if not woken and sleeper in self._waiters:
                self._waiters.remove(sleeper)

    def wait_for(self, predicate, timeout=None):
        """Wait until the predicate holds or the time is over. Return what it gave last."""
        left, deadline = timeout, None
        while not (result := predicate()):
            if timeout is not None:
                if deadline is None:
                    deadline = _monotonic() + timeout
                else:
                    left = deadline - _monotonic()
                    if left <= 0:
                        break
            self.wait(left)
        return result

    def notify(self, n=1):
        """Wake at most n of the threads that wait."""
        self._check("notify")
        while self._waiters and n > 0:
            # A wait that was interrupted may have left its lock here, which nobody holds then.
            if (sleeper := self._waiters.pop(0)).locked():
                sleeper.release()
                n -= 1

    def notify_all(self):
        """Wake all threads that wait."""
        self.notify(len(self._waiters))

    notifyAll = notify_all


class Semaphore:
    """Lets so many threads pass at a time."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._cond = Condition(Lock())
        self._value = value

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: value={self._shown()}>"

    def _shown(self):
        return self._value

    def _is_free(self):
        return self._value > 0

    def acquire(self, blocking=True, timeout=None):
        """Take one of the places, waiting for it if need be. Return whether one was got."""
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._cond:
            if not (self._is_free() or blocking and self._cond.wait_for(self._is_free, timeout)):
                return False
            self._value -= 1
            return True

    __enter__ = acquire

    def __exit__(self, *exc_info):
        self.release()

    def release(self, n=1):
        """Give n places back."""
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            self._give_back(n)
            self._cond.notify(n)

    def _give_back(self, n):
        self._value += n


class BoundedSemaphore(Semaphore):
    """A semaphore that takes no more places back than it had at first."""

    def __init__(self, value=1):
        Semaphore.__init__(self, value)
        self._initial_value = value

    def _shown(self):
        return f"{self._value}/{self._initial_value}"

    def _give_back(self, n):
        if self._value + n > self._initial_value:
            raise ValueError("Semaphore released too many times")
        self._value += n


class BrokenBarrierError(RuntimeError):
    pass


class _Round:
    """The threads that pass a barrier together: how many have come, and what became of them."""

    def __init__(self):
        self.arrived = 0
        self.outcome = None

    def end(self, outcome):
        if self.outcome is None:
            self.outcome = outcome


class Barrier:
    """Lets threads wait until a certain number of them has come. Those that come later belong to the next round."""

    def __init__(self, parties, action=None, timeout=None):
        if parties < 1:
            raise ValueError("parties must be > 0")
        self._cond = Condition(Lock())
        self._action = action
        self._timeout = timeout
        self._parties = parties
        self._round = _Round()

    def __repr__(self):
        cls = type(self)
        state = "broken" if self.broken else f"waiters={self.n_waiting}/{self.parties}"
        return f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: {state}>"

    @property
    def parties(self):
        """How many threads it takes."""
        return self._parties

    @property
    def n_waiting(self):
        """How many threads are waiting."""
        return 0 if self.broken else self._round.arrived

    @property
    def broken(self):
        """Whether the barrier is broken."""
        return self._round.outcome == "broken"

    def wait(self, timeout=None):
        """Wait for the other threads. Return a number from 0 on that no other of them gets."""
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            if self.broken:
                raise BrokenBarrierError
            round = self._round
            round.arrived += 1
            index = round.arrived - 1
            if round.arrived == self._parties:
                self._pass()
            else:
                self._stay(round, timeout)
            return index

    def _pass(self):
        """Let all go, unless the action fails."""
        try:
            if self._action:
                self._action()
        except BaseException:
            self._break()
            raise
        self._renew("passed")

    def _stay(self, round, timeout):
        """Wait for the last thread of the round."""
        try:
            in_time = self._cond.wait_for(lambda: round.outcome, timeout)
        except BaseException:
            round.arrived -= 1
            raise
        if not in_time:
            self._break()
        if round.outcome != "passed":
            raise BrokenBarrierError

    def _break(self):
        self._round.end("broken")
        self._cond.notify_all()

    def _renew(self, outcome):
        self._round.end(outcome)
        self._round = _Round()
        self._cond.notify_all()

    def reset(self):
        """Make the barrier as new; threads that wait get BrokenBarrierError."""
        with self._cond:
            self._renew("reset")

    def abort(self):
        """Break the barrier; threads that wait get BrokenBarrierError, as do those that come later."""
        with self._cond:
            self._break()


class Timer(Thread):
    """Calls a function after a time, unless it is cancelled before."""

    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval = interval
        self.function = function
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs
        self.finished = Event()

    def cancel(self):
        """Stop the timer, if its time has not come."""
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()
