//! Just enough of Rust's lexical rules to tell code from comments and from strings.

/// One line of source, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// The code; comments are left out, and every letter of a string is a blank.
    pub(crate) code: String,
    /// What its comment says, slashes included.
    pub(crate) comment: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Code,
    LineComment,
    BlockComment(usize),
    Text,
    RawText(usize),
}

/// Takes a file apart.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut lexer = Lexer {
        lines: vec![Line::default()],
        state: State::Code,
    };
    let letters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        at += lexer.step(
            &letters[at..],
            at.checked_sub(1).map(|before| letters[before]),
        );
    }
    lexer.lines
}

struct Lexer {
    lines: Vec<Line>,
    state: State,
}

impl Lexer {
    /// Reads one lexical unit and gives its length.
    fn step(&mut self, rest: &[char], before: Option<char>) -> usize {
        if rest[0] == '\n' {
            if self.state == State::LineComment {
                self.state = State::Code;
            }
            self.lines.push(Line::default());
            return 1;
        }
        match self.state {
            State::Code => self.code(rest, before),
            State::LineComment => self.comment(rest, 1),
            State::BlockComment(depth) => self.block_comment(rest, depth),
            State::Text => self.text(rest),
            State::RawText(hashes) => self.raw_text(rest, hashes),
        }
    }

    fn code(&mut self, rest: &[char], before: Option<char>) -> usize {
        let starts_word = !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        if rest.starts_with(&['/', '/']) {
            self.state = State::LineComment;
            self.comment(rest, 2)
        } else if rest.starts_with(&['/', '*']) {
            self.state = State::BlockComment(1);
            self.comment(rest, 2)
        } else if let Some(hashes) = raw_start(rest).filter(|_| starts_word) {
            self.state = State::RawText(hashes);
            self.keep(&rest[..hashes + 2])
        } else if rest[0] == '"' {
            self.state = State::Text;
            self.keep(&rest[..1])
        } else if let Some(length) = char_literal(rest) {
            self.blank(length)
        } else {
            self.keep(&rest[..1])
        }
    }

    fn block_comment(&mut self, rest: &[char], depth: usize) -> usize {
        if rest.starts_with(&['*', '/']) {
            self.state = if depth == 1 {
                State::Code
            } else {
                State::BlockComment(depth - 1)
            };
            self.comment(rest, 2)
        } else if rest.starts_with(&['/', '*']) {
            self.state = State::BlockComment(depth + 1);
            self.comment(rest, 2)
        } else {
            self.comment(rest, 1)
        }
    }

    fn text(&mut self, rest: &[char]) -> usize {
        match rest {
            ['\\', '\n', ..] => self.blank(1),
            ['\\', _, ..] => self.blank(2),
            ['"', ..] => {
                self.state = State::Code;
                self.keep(&rest[..1])
            }
            _ => self.blank(1),
        }
    }

    fn raw_text(&mut self, rest: &[char], hashes: usize) -> usize {
        let ends =
            rest[0] == '"' && rest.len() > hashes && rest[1..=hashes].iter().all(|c| *c == '#');
        if ends {
            self.state = State::Code;
            self.keep(&rest[..=hashes])
        } else {
            self.blank(1)
        }
    }

    fn line(&mut self) -> &mut Line {
        self.lines.last_mut().expect("there is always a line")
    }

    fn keep(&mut self, letters: &[char]) -> usize {
        self.line().code.extend(letters);
        letters.len()
    }

    fn blank(&mut self, length: usize) -> usize {
        self.line().code.extend(std::iter::repeat_n(' ', length));
        length
    }

    fn comment(&mut self, rest: &[char], length: usize) -> usize {
        self.line().comment.extend(&rest[..length]);
        length
    }
}

/// The number of `#` of a raw string that starts here.
fn raw_start(rest: &[char]) -> Option<usize> {
    let after = rest.strip_prefix(&['r'])?;
    let hashes = after.iter().take_while(|letter| **letter == '#').count();
    (after.get(hashes) == Some(&'"')).then_some(hashes)
}

/// The length of a character literal that starts here; a lifetime is none.
fn char_literal(rest: &[char]) -> Option<usize> {
    match rest {
        ['\'', '\\', _, tail @ ..] => tail
            .iter()
            .position(|letter| *letter == '\'')
            .map(|end| end + 4),
        ['\'', _, '\'', ..] => Some(3),
        _ => None,
    }
}

#[test]
fn comments_strings_and_characters_are_not_code() {
    let text = "let a = \"// no\"; // yes\nlet b = '\"'; /* /* x */ */ let c: &'static str = r#\"\"y\"#;\n";
    let lines = lines(text);
    assert_eq!(lines[0].code, "let a = \"     \"; ");
    assert_eq!(lines[0].comment, "// yes");
    assert_eq!(
        lines[1].code,
        "let b =    ;  let c: &'static str = r#\"  \"#;"
    );
    assert_eq!(lines[1].comment, "/* /* x */ */");
}
