//! Names of pages, and of places within them.

use reports::failure::Replay;

/// The page of a failure: `failure/dict_get_vs_resize-graph-di2.html`.
pub(crate) fn of_failure(replay: &Replay) -> String {
    format!("failure/{}.html", stem(replay))
}

/// What tells a failure from every other one, in letters that every file system and every link can carry.
pub(crate) fn stem(replay: &Replay) -> String {
    let broken = [&replay.fault, &replay.weaken].into_iter().flatten();
    let broken: String = broken.map(|name| format!("-{name}")).collect();
    cut(plain(&format!(
        "{}-{}{broken}",
        replay.scenario, replay.world
    )))
}

/// Bytes that every file system has room for, with what is added.
const LONGEST: usize = 160;

/// A name that is too long ends in a sum of all of it, so that different names stay different.
fn cut(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    // FNV-1a.
    let sum = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{}-{sum:016x}", &name[..LONGEST - 17])
}

/// Letters other than the plain ones are spelt by their number, so that different names stay different.
pub(crate) fn plain(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for (at, letter) in name.chars().enumerate() {
        match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => text.push(letter),
            '.' if at > 0 => text.push(letter),
            letter => text.push_str(&format!("~{:x}~", u32::from(letter))),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, cut, plain};

    #[test]
    fn hostile_names_stay_apart_and_below_the_folder() {
        assert_eq!(plain("dict_get-vs.x"), "dict_get-vs.x");
        assert_eq!(plain("../a"), "~2e~.~2f~a");
        assert_eq!(plain("a/b"), "a~2f~b");
        assert_ne!(plain("a b"), plain("a\tb"));
    }

    #[test]
    fn a_name_of_any_length_is_a_file() {
        let long = |end: &str| cut(format!("{}{end}", "x".repeat(500)));
        assert_eq!(long("a").len(), LONGEST);
        assert_ne!(long("a"), long("b"));
        assert_eq!(cut("short".to_owned()), "short");
    }
}
