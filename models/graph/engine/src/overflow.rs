//! What would end the process, caught and told: the fault of the guard page below a fiber's stack
//! that is used up, other faults of the program under test, and the standard library's answer to a
//! panic while another one unwinds.

#[cfg(unix)]
pub(crate) use unix::{install, name_of, watch};

#[cfg(not(unix))]
pub(crate) fn name_of(_signal: i32) -> &'static str {
    "a signal"
}

#[cfg(not(unix))]
pub(crate) fn install() {}

#[cfg(not(unix))]
pub(crate) fn watch(_guard: usize) {}

#[cfg(unix)]
mod unix {
    use std::cell::Cell;
    use std::mem::MaybeUninit;
    use std::ptr;
    use std::sync::OnceLock;

    use libc::{c_int, c_void, sigaction, siginfo_t};

    use crate::pulse;

    /// A guard page is at least as large on every system that there is.
    const GUARD: usize = 4096;

    thread_local! {
        /// The lowest address of the running fiber's guard page; 0 outside of fibers.
        static LOWEST: Cell<usize> = const { Cell::new(0) };
    }

    /// What the process did with these signals before.
    static BEFORE: OnceLock<[(c_int, sigaction); 3]> = OnceLock::new();

    /// From now on a fault in the guard page that begins at `guard` is a stack that is used up.
    pub(crate) fn watch(guard: usize) {
        LOWEST.set(guard);
    }

    /// Takes the signals, once for the process. Faults elsewhere go to whoever had them before.
    pub(crate) fn install() {
        const SIGNALS: [c_int; 3] = [libc::SIGSEGV, libc::SIGBUS, libc::SIGABRT];
        BEFORE.get_or_init(|| SIGNALS.map(|signal| (signal, take(signal))));
    }

    /// What the system calls it.
    pub(crate) fn name_of(signal: c_int) -> &'static str {
        match signal {
            libc::SIGSEGV => "SIGSEGV",
            libc::SIGBUS => "SIGBUS",
            _ => "a signal",
        }
    }

    fn take(signal: c_int) -> sigaction {
        let mut before = MaybeUninit::zeroed();
        // SAFETY: all zeros is a valid `sigaction`. The handler has the signature that SA_SIGINFO
        // asks for, and `before` is written before it is read, or stays zeros: the default.
        unsafe {
            let mut new: sigaction = MaybeUninit::zeroed().assume_init();
            new.sa_sigaction = on_signal as *const () as usize;
            new.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
            libc::sigemptyset(&raw mut new.sa_mask);
            libc::sigaction(signal, &raw const new, before.as_mut_ptr());
            before.assume_init()
        }
    }

    extern "C" fn on_signal(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
        if signal == libc::SIGABRT && pulse::has_failed() {
            wait();
        }
        // SAFETY: the system passes what it says of the fault.
        let address = unsafe { (*info).si_addr() } as usize;
        let guard = LOWEST.get();
        let overflowed = guard != 0 && (guard..guard + GUARD).contains(&address);
        if overflowed && signal != libc::SIGABRT {
            end(pulse::overflowed());
        }
        // Inside of a fiber it is the program under test.
        if guard != 0 && signal != libc::SIGABRT && pulse::faulted(signal, address) {
            wait();
        }
        // SAFETY: as this handler was called, with the same.
        unsafe { pass_on(signal, info, context) };
    }

    /// The thread has no stack to go on with. A watcher ends the exploration; without one the
    /// process ends.
    fn end(watched: bool) -> ! {
        const LINE: &str = "a thread of the program has overflowed its stack (stack_size)\n";
        if watched {
            wait();
        }
        // SAFETY: both may be called in a handler; the line is a constant of this length.
        unsafe {
            libc::write(2, LINE.as_ptr().cast(), LINE.len());
            libc::abort()
        }
    }

    /// The watcher has been told, and ends the exploration.
    fn wait() -> ! {
        loop {
            // SAFETY: waits for a signal, and may be called in a handler.
            unsafe { libc::pause() };
        }
    }

    /// # Safety
    /// The arguments must be those of a signal handler.
    unsafe fn pass_on(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
        let known = BEFORE.get().into_iter().flatten();
        let before = known.copied().find(|(number, _)| *number == signal);
        let Some((_, before)) = before else { return };
        if before.sa_flags & libc::SA_SIGINFO != 0 && before.sa_sigaction > libc::SIG_IGN {
            // SAFETY: a handler with SA_SIGINFO has this signature.
            unsafe {
                let handler: extern "C" fn(c_int, *mut siginfo_t, *mut c_void) =
                    std::mem::transmute(before.sa_sigaction);
                handler(signal, info, context);
            }
        } else {
            // SAFETY: puts back what was there. The instruction then faults once more.
            unsafe { libc::sigaction(signal, &raw const before, ptr::null_mut()) };
        }
    }
}
