//! Colours, where a terminal shows the report.

/// Whether to colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint(pub(super) bool);

impl Paint {
    pub(super) fn failed(self, text: &str) -> String {
        self.in_code("1;31", text)
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.in_code("1", text)
    }

    pub(super) fn dim(self, text: &str) -> String {
        self.in_code("2", text)
    }

    fn in_code(self, code: &str, text: &str) -> String {
        match self.0 && !text.is_empty() {
            true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            false => text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Paint;

    #[test]
    fn without_colour_nothing_is_added() {
        assert_eq!(Paint(false).failed("x"), "x");
        assert_eq!(Paint(true).bold("x"), "\u{1b}[1mx\u{1b}[0m");
        assert_eq!(Paint(true).dim(""), "");
    }
}
