//! Standard input, output and error: bytes that gather, and where they come from or go.

use std::io::{self, BufRead, BufReader, Read, Write};

use crate::protocols::mutex::Mutex;

/// The standard streams.
pub(crate) struct Streams {
    pub(crate) input: Mutex<Input>,
    pub(crate) out: Mutex<Output>,
    pub(crate) error: Mutex<Output>,
}

impl Streams {
    pub(crate) fn new(input: Box<dyn Read + Send>, out: Output, error: Output) -> Self {
        Self {
            input: Mutex::new("stdin", Some(BufReader::new(input))),
            out: Mutex::new("stdout", out),
            error: Mutex::new("stderr", error),
        }
    }

    /// Standard output, or standard error.
    pub(crate) fn output(&self, error: bool) -> &Mutex<Output> {
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

/// A stream that is written in large pieces.
pub(crate) struct Output {
    buffer: Vec<u8>,
    sink: Box<dyn Write + Send>,
    /// Whether every line goes out at once.
    lines: bool,
}

/// The output is written when so much has gathered.
const BUFFER: usize = 8192;

impl Output {
    pub(crate) fn new(sink: Box<dyn Write + Send>, lines: bool) -> Self {
        Self {
            buffer: Vec::new(),
            sink,
            lines,
        }
    }

    /// Whether every line goes out at once.
    pub(crate) fn is_line_buffered(&self) -> bool {
        self.lines
    }

    /// Says whether it does from now on.
    pub(crate) fn set_line_buffered(&mut self, lines: bool) {
        self.lines = lines;
    }

    /// Takes text, and writes out what has gathered when that is due.
    ///
    /// # Errors
    /// The system's; what had gathered is lost.
    pub(crate) fn write(&mut self, text: &str) -> io::Result<()> {
        self.buffer.extend_from_slice(text.as_bytes());
        if self.buffer.len() >= BUFFER || self.lines && text.contains('\n') {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Writes out what has gathered.
    ///
    /// # Errors
    /// The system's; what had gathered is lost.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        let written = self.sink.write_all(&self.buffer);
        self.buffer.clear();
        written.and_then(|()| self.sink.flush())
    }
}
