//! `SyntaxError`.

use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, text};
use crate::eval::{Args, Outcome};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::define::class;
use crate::types::payload::Boxed;

use super::Exception;
use super::details::extra;
use super::tables::init as init_args;

extra! {
    message set_message "msg";
    filename set_filename "filename";
    line set_line "lineno";
    column set_column "offset";
    source_text set_source_text "text";
    end_line set_end_line "end_lineno";
    end_column set_end_column "end_offset";
    print_file set_print_file "print_file_and_line";
}

class! {
    pub(crate) SYNTAX_ERROR: Boxed<Exception> = "SyntaxError" (Exception) {
        doc "The source is not Python.";
        slots { init: init, str: str_of }
        get msg as message, set_message;
        get filename, set_filename;
        get lineno as line, set_line;
        get offset as column, set_column;
        get text as source_text, set_source_text;
        get end_lineno as end_line, set_end_line;
        get end_offset as end_column, set_end_column;
        get print_file_and_line as print_file, set_print_file;
    }
}

const NAMES: [&str; 6] = [
    "filename",
    "lineno",
    "offset",
    "text",
    "end_lineno",
    "end_offset",
];

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    init_args(cx, this, args)?;
    if let Some(message) = args.get(0) {
        super::set_more(cx, this, "msg", message.own());
    }
    let [_, details] = args.positional else {
        return Ok(());
    };
    let details = iterate::collect(cx, *details)?;
    match details.len() {
        given @ 0..=3 => {
            return Err(cx.type_error(format!(
                "function takes at least 4 arguments ({given} given)"
            )));
        }
        given @ 7.. => {
            return Err(cx.type_error(format!(
                "function takes at most 6 arguments ({given} given)"
            )));
        }
        5 => {
            return Err(cx.type_error("end_offset must be provided when end_lineno is provided"));
        }
        _ => {}
    }
    for (name, value) in NAMES.iter().zip(details) {
        super::set_more(cx, this, name, value);
    }
    Ok(())
}

/// The message, with the last part of the file's name and the line.
fn str_of(cx: &Cx, this: Ref<'_>) -> Outcome {
    let message = super::more(cx, this, "msg").unwrap_or(Owned::NONE);
    let mut out = text::str_text(cx, message.borrow())?;
    let line = super::more(cx, this, "lineno").and_then(|line| line.borrow().as_small());
    let file = super::more(cx, this, "filename");
    let file = file
        .as_ref()
        .and_then(|file| file.borrow().downcast::<Str>());
    let file = file.map(|file| file.as_str().rsplit('/').next().unwrap_or_default());
    match (file, line) {
        (Some(file), Some(line)) => out += &format!(" ({file}, line {line})"),
        (None, Some(line)) => out += &format!(" (line {line})"),
        (Some(file), None) => out += &format!(" ({file})"),
        (None, None) => {}
    }
    Ok(cx.str(&out))
}

/// The place with its text and carets, and the message, as they are printed.
pub(super) fn render(cx: &Cx, this: Ref<'_>, class: &str) -> String {
    let part = |name: &str| super::more(cx, this, name).filter(|part| !part.borrow().is_none());
    let shown = |value: Option<Owned>| {
        let value = value?;
        text::str_text(cx, value.borrow()).ok()
    };
    let (file, line) = (shown(part("filename")), part("lineno"));
    let mut out = String::new();
    let mut suffix = String::new();
    match (&file, shown(line.clone())) {
        (file, Some(line)) => {
            let file = file.as_deref().unwrap_or("<string>");
            out += &format!("  File \"{file}\", line {line}\n");
        }
        (Some(file), None) => suffix = format!(" ({file})"),
        (None, None) => {}
    }
    let number = |name: &str| part(name).and_then(|value| value.borrow().as_small());
    let quoted = part("text");
    if let Some(quoted) = quoted
        .as_ref()
        .and_then(|one| one.borrow().downcast::<Str>())
    {
        let place = Place {
            line: number("lineno"),
            column: number("offset"),
            end_line: number("end_lineno"),
            end_column: number("end_offset"),
        };
        out += &place.quote(quoted.as_str());
    }
    let message = shown(part("msg")).filter(|message| !message.is_empty());
    let message = message.unwrap_or_else(|| "<no detail available>".to_owned());
    out + &format!("{class}: {message}{suffix}\n")
}

/// Where an error is, as its attributes say: lines and columns from 1.
struct Place {
    line: Option<i64>,
    column: Option<i64>,
    end_line: Option<i64>,
    end_column: Option<i64>,
}

impl Place {
    /// The line without its indentation, and carets below.
    fn quote(&self, text: &str) -> String {
        let whole = text.trim_end_matches('\n');
        let shown = whole.trim_start_matches([' ', '\n', '\x0c']);
        let mut out = format!("    {shown}\n");
        let (Some(_), Some(column)) = (self.line, self.column) else {
            return out;
        };
        let length = |text: &str| text.chars().count() as i64;
        let mut end = match self.line == self.end_line {
            true => self.end_column.filter(|end| *end != 0).unwrap_or(column),
            false => length(whole) + 1,
        };
        let column = column.min(length(text).max(1));
        if end == column || end == -1 {
            end = column + 1;
        }
        let indent = length(whole) - length(shown);
        let (from, to) = (column - 1 - indent, end - 1 - indent);
        if from >= 0 {
            let blank = shown
                .chars()
                .chain(std::iter::repeat(' '))
                .take(from as usize);
            let blank: String = blank
                .map(|c| if c.is_whitespace() { c } else { ' ' })
                .collect();
            out += &format!("    {blank}{}\n", "^".repeat((to - from).max(0) as usize));
        }
        out
    }
}
