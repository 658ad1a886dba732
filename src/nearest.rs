//! The name that was probably meant.

/// As alike as two names must be, from 0 to 1, for one to be taken for a misspelling of the other.
const ALIKE: f64 = 0.8;

/// The known name that is most like this one, if one is.
pub(crate) fn of<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    known
        .map(|known| (likeness(name, known), known))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, known)| known)
}

/// How alike a name is to a known one, or to what stands behind the first part of that: the group that it is in.
fn likeness(name: &str, known: &str) -> f64 {
    let own = known.split_once(['_', '-', '.']).map(|(_, own)| own);
    let alike = |known| strsim::normalized_damerau_levenshtein(name, known);
    own.map_or(0.0, alike).max(alike(known))
}

/// The question whether that was meant, or nothing.
pub(crate) fn hint<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    of(name, known).map_or_else(String::new, |known| format!("did you mean `{known}`? "))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn only_what_is_nearly_a_name_is_taken_for_one() {
        let known = || ["check", "faults", "replay"].into_iter();
        assert_eq!(of("chek", known()), Some("check"));
        assert_eq!(of("fautls", known()), Some("faults"));
        assert_eq!(of("hello.py", known()), None);
        assert_eq!(of("", known()), None);
    }

    #[test]
    fn a_name_is_known_without_its_group() {
        let known = || ["dict_get_vs_delete", "dict_get_vs_clear"].into_iter();
        assert_eq!(of("get_vs_delte", known()), Some("dict_get_vs_delete"));
        assert_eq!(of("dict_", known()), None);
    }
}
