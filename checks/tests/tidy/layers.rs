//! Arrows point one way: what each layer may use.

use crate::everywhere;
use crate::source::Source;

/// Each layer and what it must not use.
const FORBIDDEN: [(&str, &[&str]); 8] = [
    (
        "protocols",
        &[
            "objects",
            "text",
            "compile",
            "syntax",
            "eval",
            "types",
            "modules",
            "interpreter",
        ],
    ),
    (
        "objects",
        &[
            "compile",
            "syntax",
            "eval",
            "types",
            "modules",
            "interpreter",
        ],
    ),
    (
        "text",
        &[
            "compile",
            "syntax",
            "eval",
            "types",
            "modules",
            "protocols",
            "interpreter",
        ],
    ),
    (
        "syntax",
        &[
            "compile",
            "eval",
            "types",
            "modules",
            "protocols",
            "interpreter",
        ],
    ),
    (
        "compile",
        &["eval", "types", "modules", "protocols", "interpreter"],
    ),
    ("eval", &["modules", "interpreter"]),
    ("types", &["modules", "interpreter"]),
    ("modules", &["interpreter"]),
];

fn arrows(source: &Source) -> Vec<String> {
    let Some(layer) = source.layer() else {
        return Vec::new();
    };
    let Some((_, forbidden)) = FORBIDDEN.iter().find(|(name, _)| *name == layer) else {
        return Vec::new();
    };
    let mut complaints = Vec::new();
    for (at, line) in source.lines.iter().enumerate() {
        for other in *forbidden {
            if line.code.contains(&format!("crate::{other}")) {
                complaints.push(source.complain(at, format_args!("{layer} uses {other}")));
            }
        }
    }
    complaints
}

#[test]
fn arrows_point_one_way() {
    everywhere(arrows);
}

#[test]
fn an_arrow_that_points_back_is_noticed() {
    let sample = |layer: &str, code: &str| {
        arrows(&Source::new(
            &format!("runtime/src/{layer}/sample.rs"),
            code,
        ))
        .len()
    };
    assert_eq!(sample("protocols", "use crate::objects::Value;\n"), 1);
    assert_eq!(
        sample("objects", "use crate::protocols::refcount::RefCount;\n"),
        0
    );
    assert_eq!(sample("eval", "use crate::modules::builtins;\n"), 1);
}
