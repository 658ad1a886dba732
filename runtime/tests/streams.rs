//! Streams whose other end is slow.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use runtime::interpreter::{ExitStatus, Interpreter, Options};

/// A stream that takes nothing before it is told to go on. It waits long, but not for ever, and says whether it was told.
struct Slow {
    go_on: Receiver<()>,
    was_told: Sender<bool>,
}

impl Write for Slow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let told = self.go_on.recv_timeout(Duration::from_secs(20)).is_ok();
        self.was_told.send(told).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stream that lets another one go on, and shows what was written in case that was not meant.
struct Signal(Sender<()>);

impl Write for Signal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        eprint!("{}", String::from_utf8_lossy(bytes));
        self.0.send(()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const PROGRAM: &str = r"
import gc, sys, threading, time
printing = threading.Event()
def slow():
    printing.set()
    print('x' * 10000)
thread = threading.Thread(target=slow)
thread.start()
printing.wait()
time.sleep(0.1)
gc.collect()
sys.stderr.write('the world has stopped\n')
thread.join()
";

#[test]
fn a_thread_that_waits_for_its_reader_does_not_keep_the_world_from_stopping() {
    let ((release, go_on), (was_told, told)) = (channel(), channel());
    let options = Options {
        argv: vec!["slow.py".to_owned()],
        output: Box::new(Slow { go_on, was_told }),
        errors: Box::new(Signal(release)),
        line_buffered: false,
        ..Options::default()
    };
    let ExitStatus(status) = Interpreter::new(options).run_source("slow.py", PROGRAM.as_bytes());
    assert_eq!(status, 0);
    assert_eq!(
        told.try_iter().next(),
        Some(true),
        "the collector had to wait"
    );
}
