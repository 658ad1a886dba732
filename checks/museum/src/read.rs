//! Reads programs.

use graph_engine::Mode;

use crate::program::{Access, Expression, Program, Shared, Statement, Thread};

/// A line: how far it is indented, and its text.
type Line<'a> = (usize, &'a str);

/// Reads a program without marks.
pub(crate) fn program(text: &str) -> Result<Program, String> {
    let lines: Vec<Line> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.split(" # ").next().unwrap_or_default())
        .map(|line| (line.len() - line.trim_start().len(), line.trim()))
        .collect();
    let mut program = Program {
        shared: Vec::new(),
        threads: Vec::new(),
        finally: Vec::new(),
    };
    let mut rest = lines.as_slice();
    while let Some((&(indent, text), after)) = rest.split_first() {
        rest = after;
        let mut inside = || body(&mut rest, indent);
        match text.split_once(' ').unwrap_or((text, "")) {
            ("thread", name) => program.threads.push(Thread {
                name: name.to_owned(),
                body: inside()?,
            }),
            ("finally", "") => program.finally = inside()?,
            (word, what) => program.shared.push(shared(word, what).ok_or(text)?),
        }
    }
    Ok(program)
}

fn shared(word: &str, what: &str) -> Option<(String, Shared)> {
    let named = |kind| (!what.contains(' ')).then(|| (what.to_owned(), kind));
    let valued = |kind: fn(i64) -> Shared| {
        let (name, value) = what.split_once(" = ")?;
        Some((name.to_owned(), kind(value.parse().ok()?)))
    };
    match word {
        "block" => named(Shared::Block),
        "lock" => named(Shared::Lock),
        "word" => valued(Shared::Word),
        "plain" => valued(Shared::Plain),
        _ => None,
    }
}

/// The statements that are indented further than `outer`.
fn body(rest: &mut &[Line], outer: usize) -> Result<Vec<Statement>, String> {
    let mut statements = Vec::new();
    while let Some((&(indent, text), after)) = rest.split_first() {
        if indent <= outer {
            break;
        }
        *rest = after;
        statements.push(match text.strip_prefix("if ") {
            Some(condition) => two_ways(rest, indent, condition)?,
            None => statement(text).map_err(|why| format!("`{text}`: {why}"))?,
        });
    }
    Ok(statements)
}

fn two_ways(rest: &mut &[Line], indent: usize, condition: &str) -> Result<Statement, String> {
    let condition = Expression::read(condition)?;
    let yes = body(rest, indent)?;
    let mut no = Vec::new();
    if rest.first() == Some(&(indent, "else")) {
        *rest = &rest[1..];
        no = body(rest, indent)?;
    }
    Ok(Statement::If(condition, yes, no))
}

fn statement(text: &str) -> Result<Statement, String> {
    match text.split_once(" := ") {
        Some((register, what)) => assignment(register, what),
        None => command(text),
    }
}

fn assignment(register: &str, what: &str) -> Result<Statement, String> {
    let register = register.to_owned();
    let (word, rest) = what.split_once(' ').unwrap_or((what, ""));
    Ok(match word {
        "choose" => Statement::Choose(register),
        "read" => Statement::Read(register, rest.to_owned()),
        "trylock" => Statement::TryLock(register, rest.to_owned()),
        "load" | "add" | "sub" | "swap" | "cas" => atomic(Some(register), word, rest)?,
        _ => Statement::Set(register, Expression::read(what)?),
    })
}

fn command(text: &str) -> Result<Statement, String> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let name = rest.to_owned();
    Ok(match word {
        "store" | "add" | "sub" | "swap" | "cas" => atomic(None, word, rest)?,
        "write" => {
            let (place, value) = rest.split_once(' ').ok_or("no value")?;
            Statement::Write(place.to_owned(), Expression::read(value)?)
        }
        "wait" => {
            let (place, value) = rest.split_once(' ').ok_or("no value")?;
            Statement::Wait(place.to_owned(), Expression::read(value)?)
        }
        "lock" => Statement::Lock(name),
        "unlock" => Statement::Unlock(name),
        "fence" => Statement::Fence(order(rest).ok_or("no order")?),
        "free" => Statement::Free(name),
        "return" => Statement::Return,
        "assert" => claim(rest)?,
        _ => return Err("no such statement".to_owned()),
    })
}

fn claim(text: &str) -> Result<Statement, String> {
    let (condition, claim) = text.split_once(" \"").ok_or("no claim")?;
    let claim = claim.strip_suffix('"').ok_or("no end of the claim")?;
    Ok(Statement::Assert(
        Expression::read(condition)?,
        claim.to_owned(),
    ))
}

fn atomic(register: Option<String>, word: &str, rest: &str) -> Result<Statement, String> {
    let (rest, given) = match rest.rsplit_once(' ') {
        Some((before, last)) if order(last).is_some() => (before, order(last)),
        _ => (rest, None),
    };
    let (place, operands) = rest.split_once(' ').unwrap_or((rest, ""));
    let (access, usual) = access(word, operands)?;
    let mode = given.unwrap_or(usual);
    Ok(Statement::Atomic(register, place.to_owned(), access, mode))
}

fn access(word: &str, operands: &str) -> Result<(Access, Mode), String> {
    let one = || Expression::read(operands);
    Ok(match word {
        "load" => (Access::Load, Mode::Acquire),
        "store" => (Access::Store(one()?), Mode::Release),
        "add" => (Access::Add(one()?), Mode::AcqRel),
        "sub" => (Access::Add(Expression::negative(one()?)), Mode::AcqRel),
        "swap" => (Access::Swap(one()?), Mode::AcqRel),
        _ => {
            let (old, new) = operands.split_once(' ').ok_or("one operand is missing")?;
            let (old, new) = (Expression::read(old)?, Expression::read(new)?);
            (Access::CompareExchange(old, new), Mode::AcqRel)
        }
    })
}

fn order(word: &str) -> Option<Mode> {
    Some(match word {
        "relaxed" => Mode::Relaxed,
        "acquire" => Mode::Acquire,
        "release" => Mode::Release,
        "acqrel" => Mode::AcqRel,
        "seqcst" => Mode::SeqCst,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Form;

    const TEXT: &str = "word x = 1\n thread A\n-  x := load x\n+  r := load x relaxed\n   if r == 1\n     return\n   else\n     store x r + 1\n";

    #[test]
    fn a_form_has_its_own_lines() {
        let text = TEXT.replace("-  x :=", "-  r :=");
        let [wrong, right] = [Form::Wrong, Form::Right]
            .map(|form| Program::read(&text, form).expect("it can be read"));
        let load = |mode| Statement::Atomic(Some("r".into()), "x".into(), Access::Load, mode);
        assert_eq!(wrong.threads[0].body[0], load(Mode::Acquire));
        assert_eq!(right.threads[0].body[0], load(Mode::Relaxed));
        assert_eq!(wrong.threads[0].body[1..], right.threads[0].body[1..]);
        let [Statement::If(_, yes, no)] = &right.threads[0].body[1..] else {
            panic!("{right:?}");
        };
        assert_eq!((yes.len(), no.len()), (1, 1));
    }

    #[test]
    fn a_mistake_is_named() {
        for line in ["jump x", "cas x 1", "wait x", "assert 1", "store x 1 +"] {
            let text = format!("word x = 0\nthread A\n  {line}\n");
            let error = program(&text).expect_err(line);
            assert!(error.contains(line), "{error}");
        }
        assert!(program("wodr x = 0\n").is_err());
    }
}
