//! Private names: `__x` inside a class `C` stands for `_C__x`.

/// How private names are meant somewhere.
#[derive(Clone, Debug)]
pub(super) struct Private {
    /// The class.
    pub(super) class: Box<str>,
    /// Beside the type parameters of a class, only they are private.
    pub(super) only: Option<Box<[Box<str>]>>,
}

/// The name that is meant by a name inside a class.
pub(super) fn mangle(private: Option<&Private>, name: &str) -> Box<str> {
    let only = private.and_then(|private| private.only.as_ref());
    let is_private = name.starts_with("__")
        && !name.ends_with("__")
        && !name.contains('.')
        && only.is_none_or(|only| only.iter().any(|each| &**each == name));
    let class = private.map_or("", |private| private.class.trim_start_matches('_'));
    match is_private && !class.is_empty() {
        true => format!("_{class}{name}").into(),
        false => name.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(class: Option<&str>, name: &str, expected: &str) {
        let private = class.map(|class| Private {
            class: class.into(),
            only: None,
        });
        assert_eq!(&*mangle(private.as_ref(), name), expected);
    }

    #[test]
    fn only_private_names_in_a_class_change() {
        check(Some("C"), "__x", "_C__x");
        check(Some("__C"), "__x", "_C__x");
        check(Some("__"), "__x", "__x");
        check(Some("C"), "__x__", "__x__");
        check(Some("C"), "_x", "_x");
        check(Some("C"), "__a.b", "__a.b");
        check(None, "__x", "__x");
    }

    #[test]
    fn beside_type_parameters_only_they_are_private() {
        let private = Private {
            class: "C".into(),
            only: Some(["__T".into()].into()),
        };
        assert_eq!(&*mangle(Some(&private), "__T"), "_C__T");
        assert_eq!(&*mangle(Some(&private), "__x"), "__x");
    }
}
