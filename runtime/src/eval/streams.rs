//! Standard input, output and error: bytes that gather, and where they come from or go.

use std::io::{self, BufRead, BufReader, Read, Write};

use crate::protocols::mutex::Mutex;
use crate::protocols::object_lock::ObjectLock;
use crate::protocols::thread_state::ThreadState;
use crate::sync::event;

/// The standard streams.
pub(crate) struct Streams {
    pub(crate) input: Mutex<Input>,
    pub(crate) out: Stream,
    pub(crate) error: Stream,
}

impl Streams {
    pub(crate) fn new(input: Box<dyn Read + Send>, out: Output, error: Output) -> Self {
        Self {
            input: Mutex::new("stdin", Some(BufReader::new(input))),
            out: Stream::new("stdout", out),
            error: Stream::new("stderr", error),
        }
    }

    /// Standard output, or standard error.
    pub(crate) fn output(&self, error: bool) -> &Stream {
        match error {
            true => &self.error,
            false => &self.out,
        }
    }
}

/// Where input comes from. Whoever reads takes it out, so that nobody waits for the system inside the mutex.
pub(crate) type Input = Option<BufReader<Box<dyn Read + Send>>>;

/// Reads bytes up to a line's end, or up to the end of the input.
///
/// # Errors
/// The system's.
pub(crate) fn read_line(input: &mut Input) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    if let Some(input) = input {
        input.read_until(b'\n', &mut line)?;
    }
    Ok(line)
}

/// Reads at most so many bytes, fewer only at the end of the input.
///
/// # Errors
/// The system's.
pub(crate) fn read_some(input: &mut Input, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(input) = input {
        input.take(most as u64).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// An output that threads share: what they write gathers in a short table, and one of them at a time hands it to the
/// system, detached, so that a reader who is slow keeps nobody from stopping the world.
pub(crate) struct Stream {
    gathered: Mutex<Output>,
    /// Held by whoever writes to the system.
    writing: ObjectLock,
}

impl Stream {
    fn new(name: &'static str, output: Output) -> Self {
        Self {
            gathered: Mutex::new(name, output),
            writing: ObjectLock::new(),
        }
    }

    fn with<R>(&self, ts: &ThreadState, body: impl FnOnce(&mut Output) -> R) -> R {
        self.gathered.with(&ts.runtime().parking.lot, body)
    }

    /// Whether every line goes out at once.
    pub(crate) fn is_line_buffered(&self, ts: &ThreadState) -> bool {
        self.with(ts, |output| output.lines)
    }

    /// Says whether it does from now on.
    pub(crate) fn set_line_buffered(&self, ts: &ThreadState, lines: bool) {
        self.with(ts, |output| output.lines = lines);
    }

    /// Takes bytes, and writes out what has gathered when that is due.
    ///
    /// # Errors
    /// The system's; what had gathered is lost.
    pub(crate) fn write(&self, ts: &ThreadState, bytes: &[u8]) -> io::Result<()> {
        event::signals(self);
        match self.with(ts, |output| output.gather(bytes)) {
            true => self.flush(ts),
            false => Ok(()),
        }
    }

    /// Writes out what has gathered.
    ///
    /// # Errors
    /// The system's; what had gathered is lost.
    pub(crate) fn flush(&self, ts: &ThreadState) -> io::Result<()> {
        event::signals(self);
        self.writing.lock(ts);
        let (bytes, mut sink) = self.with(ts, Output::take);
        let written = ts.detached(|| hand_over(&mut sink, &bytes));
        self.with(ts, |output| output.sink = sink);
        self.writing.unlock(&ts.runtime().parking);
        written
    }
}

/// Where output goes. Whoever writes takes it out, as with [`Input`].
type Sink = Option<Box<dyn Write + Send>>;

fn hand_over(sink: &mut Sink, bytes: &[u8]) -> io::Result<()> {
    match sink {
        Some(sink) => sink.write_all(bytes).and_then(|()| sink.flush()),
        None => Ok(()),
    }
}

/// Output that is written in large pieces.
pub(crate) struct Output {
    buffer: Vec<u8>,
    sink: Sink,
    /// Whether every line goes out at once.
    lines: bool,
}

/// The output is written when so much has gathered.
const BUFFER: usize = 8192;

impl Output {
    pub(crate) fn new(sink: Box<dyn Write + Send>, lines: bool) -> Self {
        Self {
            buffer: Vec::new(),
            sink: Some(sink),
            lines,
        }
    }

    /// Adds bytes; says whether it is time to write.
    fn gather(&mut self, bytes: &[u8]) -> bool {
        self.buffer.extend_from_slice(bytes);
        self.buffer.len() >= BUFFER || self.lines && bytes.contains(&b'\n')
    }

    fn take(&mut self) -> (Vec<u8>, Sink) {
        (std::mem::take(&mut self.buffer), self.sink.take())
    }
}
