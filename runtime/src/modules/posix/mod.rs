//! `posix`: what `os` asks of the system. What is better said in Python is in `lib/posix.py`.

mod files;
mod numbers;
pub(crate) mod path;
mod process;

use crate::types::define::module;

use files::*;
use numbers::*;
use process::*;

/// Constants of the system, by their names.
macro_rules! flags {
    ($vis:vis $id:ident = $module:literal $doc:literal { $($body:tt)* } [$($flag:ident)*]) => {
        module! {
            $vis $id = $module {
                doc $doc;
                $($body)*
                $(constant $flag = |cx| cx.int(i64::from(libc::$flag));)*
            }
        }
    };
}

flags! {
    pub(crate) POSIX = "posix" "The system's files, folders and processes." {
        constant F_OK = |cx| cx.int(0);
        static _stat as stat(path, follow);
        static _scan as scan(path);
        static _environment as environment();
        static _uname as uname();
        static _terminal_size as terminal_size(fd);
        static _utime as utime(path, read, written);
        static _mkdir as mkdir(path, mode);
        /// Return the string or the bytes that an object stands for as a path.
        static fspath(path);
        /// Return the names of what is in a folder, in the system's order.
        static listdir(path = None);
        /// Return the current folder.
        static getcwd();
        /// Return the current folder as bytes.
        static getcwdb();
        /// Make another folder the current one.
        static chdir(path);
        /// Remove an empty folder.
        static rmdir(path);
        /// Remove a file.
        static unlink(path);
        /// Remove a file.
        static remove as unlink(path);
        /// Give a file or a folder another name.
        static rename(src, dst);
        /// Give a file or a folder another name; what has that name already is replaced.
        static replace as rename(src, dst);
        /// Give a file a further name.
        static link(src, dst);
        /// Make a symbolic link to a path.
        static _symlink as symlink(src, dst);
        /// Return where a symbolic link leads.
        static readlink(path);
        /// Say whether the process may use a file so.
        static access(path, mode);
        /// Change who may do what with a file.
        static chmod(path, mode);
        /// Cut or lengthen a file.
        static truncate(path, length);
        /// Cut or lengthen a file.
        static ftruncate as truncate(fd, length, /);
        /// Return the system's words for the number of an error.
        static strerror(code, /);
        /// Open a file, and return its number.
        static open(path, flags, mode = 0o777);
        /// Close a file.
        static close(fd);
        /// Read at most so many bytes of a file.
        static read(fd, length, /);
        /// Write bytes, and say how many were taken.
        static write(fd, data, /);
        /// Change the place in a file, and return it.
        static lseek(fd, position, whence, /);
        /// Return a further number for a file.
        static dup(fd, /);
        /// Say whether a file is a terminal.
        static isatty(fd, /);
        /// Wait until the system has stored what was written.
        static fsync(fd);
        /// Make a pipe: the numbers of the end to read from, and of the end to write to.
        static pipe();
        /// Return the number of this process.
        static getpid();
        /// Return the number of the process that started this one.
        static getppid();
        static getuid();
        static geteuid();
        static getgid();
        static getegid();
        /// Return the number of processors, or at least of those that this process may use.
        static cpu_count();
        /// Return random bytes of the system.
        static urandom(size, /);
        /// Set which permissions new files do not get, and return what was set.
        static umask(mask, /);
        /// Send a signal to a process.
        static kill(pid, signal, /);
        /// End the process at once.
        static _exit as exit_now(status);
    }
    [
        R_OK W_OK X_OK O_RDONLY O_WRONLY O_RDWR O_CREAT O_EXCL O_TRUNC O_APPEND O_NONBLOCK O_CLOEXEC O_DIRECTORY
        O_NOFOLLOW O_SYNC O_DSYNC O_NOCTTY WNOHANG WUNTRACED
    ]
}
