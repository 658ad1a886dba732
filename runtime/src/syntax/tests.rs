//! Syntax errors as CPython prints them, and the lines that tracebacks quote.

use super::*;

fn render(text: &str) -> String {
    let source = match Source::new("x.py", text.as_bytes()) {
        Ok(source) => source,
        Err(error) => return error.render_without_source("x.py"),
    };
    match parse(&source) {
        Ok(_) => "no error".into(),
        Err(error) => error.render(&source),
    }
}

/// A program, the line of the error, the quoted line with its carets, and the last line.
#[track_caller]
fn check(text: &str, line: u32, quoted: &str, message: &str) {
    let expected = format!("  File \"x.py\", line {line}\n{quoted}{message}\n");
    assert_eq!(render(text), expected, "for {text:?}");
}

#[test]
fn brackets() {
    check(
        "foo(\n",
        1,
        "    foo(\n       ^\n",
        "SyntaxError: '(' was never closed",
    );
    check(
        "x = [1,2\ny = 3\n",
        1,
        "    x = [1,2\n        ^\n",
        "SyntaxError: '[' was never closed",
    );
    check(
        "x = (1,2]\n",
        1,
        "    x = (1,2]\n            ^\n",
        "SyntaxError: closing parenthesis ']' does not match opening parenthesis '('",
    );
    check(
        "x = )",
        1,
        "    x = )\n        ^\n",
        "SyntaxError: unmatched ')'",
    );
    let deep = "(".repeat(300) + &")".repeat(300);
    assert!(render(&deep).ends_with("SyntaxError: too many nested parentheses\n"));
}

#[test]
fn indentation() {
    check(
        "if 1:\nprint(1)\n",
        2,
        "    print(1)\n    ^^^^^\n",
        "IndentationError: expected an indented block after 'if' statement on line 1",
    );
    check(
        "  x = 1\n",
        1,
        "    x = 1\n",
        "IndentationError: unexpected indent",
    );
    check(
        "if 1:\n   x=1\n  y=2\n",
        3,
        "    y=2\n       ^\n",
        "IndentationError: unindent does not match any outer indentation level",
    );
    check(
        "if 1:\n        x=1\n\ty=2\n",
        3,
        "    \ty=2\n    ^\n",
        "TabError: inconsistent use of tabs and spaces in indentation",
    );
}

#[test]
fn strings() {
    check(
        "x = \"abc\n",
        1,
        "    x = \"abc\n        ^\n",
        "SyntaxError: unterminated string literal (detected at line 1)",
    );
    check(
        "x = \"\"\"abc\n",
        1,
        "    x = \"\"\"abc\n        ^\n",
        "SyntaxError: unterminated triple-quoted string literal (detected at line 1)",
    );
    check(
        "f\"{x\"\n",
        1,
        "    f\"{x\"\n        ^\n",
        "SyntaxError: f-string: expecting '}'",
    );
    check(
        "f'}'\n",
        1,
        "    f'}'\n      ^\n",
        "SyntaxError: f-string: single '}' is not allowed",
    );
}

#[test]
fn numbers() {
    check(
        "x = 1a\n",
        1,
        "    x = 1a\n        ^\n",
        "SyntaxError: invalid decimal literal",
    );
    check(
        "x=0b12\n",
        1,
        "    x=0b12\n         ^\n",
        "SyntaxError: invalid digit '2' in binary literal",
    );
    check(
        "x = 012\n",
        1,
        "    x = 012\n        ^\n",
        "SyntaxError: leading zeros in decimal integer literals are not permitted; \
         use an 0o prefix for octal integers",
    );
}

#[test]
fn targets() {
    check(
        "f() = 1\n",
        1,
        "    f() = 1\n    ^^^\n",
        "SyntaxError: cannot assign to function call here. Maybe you meant '==' instead of '='?",
    );
    check(
        "None = 1\n",
        1,
        "    None = 1\n    ^^^^\n",
        "SyntaxError: cannot assign to None",
    );
    check(
        "del f()\n",
        1,
        "    del f()\n        ^^^\n",
        "SyntaxError: cannot delete function call",
    );
    check(
        "if x = 1: pass\n",
        1,
        "    if x = 1: pass\n       ^^^^^\n",
        "SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
    );
    check(
        "for 1 in x: pass",
        1,
        "    for 1 in x: pass\n        ^\n",
        "SyntaxError: cannot assign to literal",
    );
    check(
        "(a, b) += 1",
        1,
        "    (a, b) += 1\n    ^^^^^^\n",
        "SyntaxError: 'tuple' is an illegal expression for augmented assignment",
    );
}

#[test]
fn statements() {
    check(
        "print 1\n",
        1,
        "    print 1\n    ^^^^^^^\n",
        "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?",
    );
    check(
        "x = 1 2\n",
        1,
        "    x = 1 2\n          ^\n",
        "SyntaxError: invalid syntax",
    );
    check(
        "while 1 pass\n",
        1,
        "    while 1 pass\n            ^^^^\n",
        "SyntaxError: invalid syntax",
    );
    check(
        "for x in range(3)\n  pass",
        1,
        "    for x in range(3)\n                     ^\n",
        "SyntaxError: expected ':'",
    );
    check(
        "try:\n  pass\nx=1\n",
        3,
        "    x=1\n    ^\n",
        "SyntaxError: expected 'except' or 'finally' block",
    );
    check(
        "x = \n",
        1,
        "    x = \n        ^\n",
        "SyntaxError: invalid syntax",
    );
    check(
        "else:\n",
        1,
        "    else:\n    ^^^^\n",
        "SyntaxError: invalid syntax",
    );
}

#[test]
fn expressions() {
    check(
        "x = [1 2]",
        1,
        "    x = [1 2]\n         ^^^\n",
        "SyntaxError: invalid syntax. Perhaps you forgot a comma?",
    );
    check(
        "f(a=1, 2)\n",
        1,
        "    f(a=1, 2)\n            ^\n",
        "SyntaxError: positional argument follows keyword argument",
    );
    check(
        "x = 5 if 3\n",
        1,
        "    x = 5 if 3\n        ^^^^^^\n",
        "SyntaxError: expected 'else' after 'if' expression",
    );
    check(
        "x = $\n",
        1,
        "    x = $\n        ^\n",
        "SyntaxError: invalid syntax",
    );
    check(
        "x = a\u{a0}b",
        1,
        "    x = a\u{a0}b\n         ^\n",
        "SyntaxError: invalid non-printable character U+00A0",
    );
}

#[test]
fn bytes_that_are_not_text() {
    assert_eq!(
        Source::new("x.py", b"x = 1\ny = \"\xff\"\n")
            .unwrap_err()
            .render_without_source("x.py"),
        "SyntaxError: Non-UTF-8 code starting with '\\xff' in file x.py on line 2, but no encoding declared; \
         see https://peps.python.org/pep-0263/ for details\n"
    );
    assert_eq!(
        Source::new("x.py", b"x = 1\ny = 2\0\n")
            .unwrap_err()
            .render_without_source("x.py"),
        "  File \"x.py\", line 2\n    y = 2\nSyntaxError: source code cannot contain null bytes\n"
    );
}

#[test]
fn encodings() {
    let latin = Source::new("x.py", b"# coding: latin-1\nprint('\xe9')\n").unwrap();
    assert_eq!(latin.line(2), "print('\u{e9}')");
    let marked = Source::new("x.py", b"\xef\xbb\xbfx = 1\n").unwrap();
    assert_eq!(marked.text(), "x = 1\n");
    let unknown = Source::new("x.py", b"# -*- coding: foo -*-\n").unwrap_err();
    assert_eq!(unknown.message(), "encoding problem: foo");
}

#[test]
fn deep_nesting_is_refused() {
    let chain = format!("x = {}1\n", "1 + ".repeat(20_000));
    assert!(
        render(&chain)
            .ends_with("RecursionError: maximum recursion depth exceeded during compilation\n")
    );
    let unary = format!("x = {}1\n", "-".repeat(20_000));
    assert!(render(&unary).contains("RecursionError"));
}

/// Quotes the text between the two marks `«` and `»` that are not part of the program.
fn quote_marked(text: &str) -> String {
    let start = text.find('«').unwrap();
    let end = text.find('»').unwrap() - '«'.len_utf8();
    let source = Source::from_text("x.py", text.replace(['«', '»'], ""));
    quote(
        &source,
        Span {
            start: start as u32,
            end: end as u32,
        },
    )
}

#[test]
fn carets_point_at_operators_brackets_and_arguments() {
    assert_eq!(
        quote_marked("x = «a + b»\n"),
        "    x = a + b\n        ~~^~~\n"
    );
    assert_eq!(
        quote_marked("    x = «a // (b)»\n"),
        "    x = a // (b)\n        ~~^^~~~~\n"
    );
    assert_eq!(quote_marked("«d['k']»\n"), "    d['k']\n    ~^^^^^\n");
    assert_eq!(quote_marked("«f(1, 2)»\n"), "    f(1, 2)\n    ~^^^^^^\n");
    assert_eq!(quote_marked("x = «y».z\n"), "    x = y.z\n        ^\n");
}

#[test]
fn carets_are_left_out_where_they_say_nothing() {
    assert_eq!(quote_marked("«raise e»\n"), "    raise e\n");
    assert_eq!(quote_marked("    return «f(1)»\n"), "    return f(1)\n");
    assert_eq!(quote_marked("x = «f(1)»\n"), "    x = f(1)\n");
}

#[test]
fn long_spans_are_abbreviated() {
    let text = "«f(\n    1,\n    2,\n    3,\n    4,\n)»\n";
    assert_eq!(
        quote_marked(text),
        "    f(\n    ~^\n        1,\n        ^^\n    ...<2 lines>...\n        4,\n        ^^\n    )\n    ^\n"
    );
}
