//! Commands that a user can paste into a shell.

use std::path::Path;

/// The command that runs this program again with these words and a path.
pub(crate) fn command(words: &str, path: &Path) -> String {
    let program = std::env::args()
        .next()
        .unwrap_or_else(|| "raddle".to_owned());
    format!(
        "{} {words} {}",
        quoted(&program),
        quoted(&path.to_string_lossy())
    )
}

fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-+=:,@%".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_for_a_shell_where_they_must_be() {
        assert_eq!(quoted("target/raddle/a.json"), "target/raddle/a.json");
        assert_eq!(quoted("my dir/a"), "'my dir/a'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
