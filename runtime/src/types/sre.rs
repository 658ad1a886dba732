//! Regular expressions, compiled by `re` to the instructions of SRE: what runs them. Patterns and matches are in `lib/_sre.py`.

use rustpython_sre_engine::{Request, State, StrDrive};
use rustpython_wtf8::Wtf8;

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::buffer;
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};
use crate::types::text_stream::refuse;

/// The instructions of one pattern; nobody changes them.
pub(crate) struct Program {
    codes: Vec<u32>,
    groups: usize,
}

payload!(Program as SreProgram, "program", |_this, _visit| {});

class! {
    pub(crate) PROGRAM: Boxed<Program> = "Program" (Object) {
        sealed;
        module "_sre";
        doc "The instructions of a pattern.";
        slots { new: refuse }
        /// Run it: marks of all groups and the last closed group, or None. The mode is match, fullmatch or search.
        method run(self, string, start, end, mode, must_advance, /);
    }
}

/// A program of a pattern with so many groups.
pub(crate) fn program(cx: &Cx, codes: Vec<u32>, groups: usize) -> Owned {
    payload::new(cx, Program { codes, groups })
}

/// Where a run begins and ends, and what counts as a match.
struct Run<'a> {
    program: &'a Program,
    start: usize,
    end: usize,
    mode: &'a str,
    must_advance: bool,
}

/// Texts of at least so many bytes are searched while the world may stop.
const LONG: usize = 4096;

fn run(
    cx: &Cx,
    program: &Program,
    string: Ref<'_>,
    start: i64,
    end: i64,
    mode: &str,
    must_advance: bool,
) -> Outcome {
    let run = Run {
        program,
        start: start.max(0) as usize,
        end: end.max(0) as usize,
        mode,
        must_advance,
    };
    let marks = match string.downcast::<Str>() {
        Some(text) if text.as_bytes().len() < LONG => run.on(text),
        Some(text) => cx.blocking(|| run.on(text)),
        None => {
            let Some(data) = buffer::data(cx, string)? else {
                return Err(cx.type_error("expected string or bytes-like object"));
            };
            // The engine's own walk over bytes reads one behind the place; as characters they are as many.
            let text: String = data.iter().map(|byte| char::from(*byte)).collect();
            cx.blocking(|| run.over(text.as_str()))
        }
    };
    let Some(marks) = marks else {
        return Ok(Owned::NONE);
    };
    Ok(cx.tuple(marks.into_iter().map(|mark| cx.int(mark)).collect()))
}

impl Run<'_> {
    fn on(&self, text: &Str) -> Option<Vec<i64>> {
        match Wtf8::from_bytes(text.as_bytes()).filter(|_| text.has_surrogates()) {
            Some(exact) => self.over(exact),
            None => self.over(text.as_str()),
        }
    }

    /// Start and end of the whole and of each group, -1 for one that took no part, then the number of the last group.
    fn over<S: StrDrive>(&self, text: S) -> Option<Vec<i64>> {
        let codes = &self.program.codes;
        let full = self.mode == "fullmatch";
        let mut request = Request::new(text, self.start, self.end, codes, full);
        request.must_advance = self.must_advance;
        let mut state = State::default();
        let found = match self.mode {
            "search" => state.search(request),
            _ => state.py_match(&request),
        };
        found.then(|| self.marks(&state))
    }

    fn marks(&self, state: &State) -> Vec<i64> {
        let mut marks = vec![state.start as i64, state.cursor.position as i64];
        for group in 0..self.program.groups {
            let (start, end) = state.marks.get(group);
            let place = |mark: Option<usize>| mark.map_or(-1, |mark| mark as i64);
            let (start, end) = (place(start.into_option()), place(end.into_option()));
            let took_part = start >= 0 && end >= 0;
            marks.extend(if took_part { [start, end] } else { [-1, -1] });
        }
        marks.push(state.marks.last_index() as i64);
        marks
    }
}
