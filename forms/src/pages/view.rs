//! How the parts of a book lead to each other.

use reports::failure::Replay;

use super::name;
use crate::book::Book;

/// A book as several pages, or all on one.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) book: &'a Book,
    /// Whether everything is on this page.
    pub(super) alone: bool,
}

impl View<'_> {
    /// The way to the failure that a replay would run again, if it has a report.
    pub(super) fn failure(self, replay: &Replay) -> Option<String> {
        self.book.report(replay)?;
        Some(match self.alone {
            true => format!("#{}", name::stem(replay)),
            false => name::of_failure(replay),
        })
    }
}
