//! Standard input: lines, a number of characters, or bytes. What was read and not asked for waits.

use std::io;

use super::{Standard, TextStream, unsupported};
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::streams::{Input, read_line, read_some};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::wait::Patience;
use crate::types::{bytes, exception, str};

impl TextStream {
    /// Runs `body` while no other thread reads.
    fn reading<R>(&self, cx: &Cx, body: impl FnOnce() -> Outcome<R>) -> Outcome<R> {
        self.open(cx)?;
        if self.standard != Standard::Input {
            return Err(unsupported(cx, "not readable"));
        }
        // What was printed before is seen before the program waits.
        let _ = cx.shared.flush(cx.ts);
        self.reading.acquire(cx, Patience::Forever)?;
        let result = body();
        self.reading.release(cx);
        result
    }

    /// The next line with its end; nothing at the end of the input.
    pub(crate) fn line(&self, cx: &Cx) -> Outcome {
        self.reading(cx, || self.up_to(cx, usize::MAX, true))
    }

    /// At most so many characters; up to the end of a line only, or over as many lines as it takes.
    fn up_to(&self, cx: &Cx, most: usize, of_line: bool) -> Outcome {
        let mut text = self.ahead.with(cx.lot(), std::mem::take);
        let enough = |text: &str| text.chars().count() >= most || of_line && text.ends_with('\n');
        while !enough(&text) {
            let more = self.next_line(cx)?;
            if more.is_empty() {
                break;
            }
            text += &more;
        }
        let cut = text
            .char_indices()
            .nth(most)
            .map_or(text.len(), |(at, _)| at);
        let rest = text.split_off(cut);
        self.ahead.with(cx.lot(), |ahead| *ahead = rest);
        Ok(cx.str(&text))
    }

    /// A line as it comes from the system, with its end as `\n`.
    fn next_line(&self, cx: &Cx) -> Outcome<String> {
        let line = from_system(cx, read_line)?;
        let text = str::decode(cx, &line, None, None)?;
        let text = text.borrow().downcast::<Str>().map_or("", Str::as_str);
        Ok(match text.strip_suffix("\r\n") {
            Some(line) => format!("{line}\n"),
            None => text.to_owned(),
        })
    }
}

/// Reads from the system, while the thread is outside of the interpreter.
fn from_system(cx: &Cx, read: impl FnOnce(&mut Input) -> io::Result<Vec<u8>>) -> Outcome<Vec<u8>> {
    let input = &cx.shared.streams.input;
    let mut taken: Input = input.with(cx.lot(), Option::take);
    let bytes = cx.blocking(|| read(&mut taken));
    input.with(cx.lot(), |place| *place = taken);
    bytes.map_err(|error| exception::system_error(cx, &error))
}

pub(super) fn read(cx: &Cx, stream: &TextStream, size: Option<i64>) -> Outcome {
    let most = usize::try_from(size.unwrap_or(-1)).unwrap_or(usize::MAX);
    stream.reading(cx, || stream.up_to(cx, most, false))
}

pub(super) fn readline(cx: &Cx, stream: &TextStream, size: i64) -> Outcome {
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    stream.reading(cx, || stream.up_to(cx, most, true))
}

pub(super) fn readlines(cx: &Cx, stream: &TextStream, hint: i64) -> Outcome<Vec<Owned>> {
    let (mut lines, mut length) = (Vec::new(), 0);
    while let Some(line) = next_of(cx, stream)? {
        length += cx.text_of(line.borrow()).chars().count() as i64;
        lines.push(line);
        if hint > 0 && length >= hint {
            break;
        }
    }
    Ok(lines)
}

fn next_of(cx: &Cx, stream: &TextStream) -> Outcome<Option<Owned>> {
    let line = stream.line(cx)?;
    let is_end = cx.text_of(line.borrow()).is_empty();
    Ok((!is_end).then_some(line))
}

pub(super) fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    next_of(cx, this.payload::<TextStream>().expect("a stream"))
}

/// At most so many bytes, or all; below the text that waits, which belongs to who asked for text.
pub(super) fn read_bytes(cx: &Cx, stream: &TextStream, size: i64) -> Outcome {
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let read = || from_system(cx, |input| read_some(input, most));
    let bytes = stream.reading(cx, read)?;
    Ok(bytes::from_vec(cx, bytes))
}
