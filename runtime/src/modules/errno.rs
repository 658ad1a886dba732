//! `errno`: the system's numbers of errors, by name and the other way.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::dict::Dict;
use crate::refs::Ref;
use crate::types::define::module;
use crate::types::{boot, store};

module! {
    pub(crate) ERRNO = "errno" {
        doc "The system's numbers of errors.";
        fill fill;
    }
}

/// Pairs of names and numbers; where a number has two names, the one that CPython's `errorcode` shows is the last.
macro_rules! numbers {
    ($($name:ident)*) => {
        const NUMBERS: &[(&str, i32)] = &[$((stringify!($name), libc::$name)),*];
    };
}

numbers! {
    E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EADV EAFNOSUPPORT EALREADY EBADE EBADF EBADFD EBADMSG EBADR EBADRQC EBADSLT
    EBFONT EBUSY ECANCELED ECHILD ECHRNG ECOMM ECONNABORTED ECONNREFUSED ECONNRESET EDESTADDRREQ EDOM EDOTDOT EDQUOT
    EEXIST EFAULT EFBIG EHOSTDOWN EHOSTUNREACH EHWPOISON EIDRM EILSEQ EINPROGRESS EINTR EINVAL EIO EISCONN EISDIR
    EISNAM EKEYEXPIRED EKEYREJECTED EKEYREVOKED EL2HLT EL2NSYNC EL3HLT EL3RST ELIBACC ELIBBAD ELIBEXEC ELIBMAX ELIBSCN
    ELNRNG ELOOP EMEDIUMTYPE EMFILE EMLINK EMSGSIZE EMULTIHOP ENAMETOOLONG ENAVAIL ENETDOWN ENETRESET ENETUNREACH
    ENFILE ENOANO ENOBUFS ENOCSI ENODATA ENODEV ENOENT ENOEXEC ENOKEY ENOLCK ENOLINK ENOMEDIUM ENOMEM ENOMSG ENONET
    ENOPKG ENOPROTOOPT ENOSPC ENOSR ENOSTR ENOSYS ENOTBLK ENOTCONN ENOTDIR ENOTEMPTY ENOTNAM ENOTRECOVERABLE ENOTSOCK
    EOPNOTSUPP ENOTSUP ENOTTY ENOTUNIQ ENXIO EOVERFLOW EOWNERDEAD EPERM EPFNOSUPPORT EPIPE EPROTO EPROTONOSUPPORT
    EPROTOTYPE ERANGE EREMCHG EREMOTE EREMOTEIO ERESTART ERFKILL EROFS ESHUTDOWN ESOCKTNOSUPPORT ESPIPE ESRCH ESRMNT
    ESTALE ESTRPIPE ETIME ETIMEDOUT ETOOMANYREFS ETXTBSY EUCLEAN EUNATCH EUSERS EWOULDBLOCK EAGAIN EXDEV EXFULL
    EDEADLK EDEADLOCK
}

fn fill(cx: &Cx, module: Ref<'_>) -> Outcome<()> {
    let Some(module) = module.payload::<crate::types::module::Module>() else {
        return Ok(());
    };
    let codes = cx.dict();
    for (name, number) in NUMBERS {
        let number = cx.int(i64::from(*number));
        boot::set(cx, module.dict(), name, number.clone());
        if let Some(codes) = codes.borrow().downcast::<Dict>() {
            store::dict_set(cx, codes, number, cx.str(name))?;
        }
    }
    boot::set(cx, module.dict(), "errorcode", codes);
    Ok(())
}
