//! How steps and races are told.

use interleavings::Effect;
use runtime_program::interpreter::Location;

use crate::found::{Ending, Line, Raced};

/// What threads are called: the first is the one that runs the program.
#[must_use]
pub(crate) fn thread(thread: usize) -> String {
    match thread {
        0 => "main".to_owned(),
        thread => format!("thread {thread}"),
    }
}

/// A file without its folders.
fn file(location: &Location) -> &str {
    location.file.rsplit('/').next().unwrap_or(&location.file)
}

/// A file and a line.
#[must_use]
pub(crate) fn place(location: &Location) -> String {
    format!("{}:{}", file(location), location.line)
}

/// What a step does, in a word.
fn verb(line: &Line) -> &'static str {
    let does = |effect| line.accesses.iter().any(|access| access.effect == effect);
    if line.timed_out {
        "times out"
    } else if does(Effect::Acquire) {
        "takes"
    } else if does(Effect::Release) {
        "gives back"
    } else if does(Effect::Signal) {
        "signals"
    } else if does(Effect::Look) {
        "looks at"
    } else if does(Effect::Store) {
        "is in the middle of"
    } else if does(Effect::Write) {
        "writes"
    } else if does(Effect::Read) || does(Effect::Glance) {
        "reads"
    } else {
        "goes on"
    }
}

/// How an execution ended.
#[must_use]
pub(crate) fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Status(status) => format!("exit status {status}"),
        Ending::Deadlock => "deadlock".to_owned(),
        Ending::Endless => "no end in sight".to_owned(),
        Ending::Failed(reason) => format!("the interpreter failed: {reason}"),
    }
}

/// A step without its thread and its text.
#[must_use]
pub(crate) fn act(line: &Line) -> String {
    let name = line
        .location
        .as_ref()
        .and_then(|location| location.name.as_deref());
    let place = line.location.as_ref().map_or(String::new(), place);
    format!("{place} {} {}", verb(line), name.unwrap_or(""))
        .trim_end()
        .to_owned()
}

/// A step in a line.
#[must_use]
pub(crate) fn step(line: &Line) -> String {
    let who = thread(line.thread);
    let verb = verb(line);
    match &line.location {
        Some(location) => {
            let name = location.name.as_deref().unwrap_or("");
            let does = format!("{verb} {name}");
            let (place, does) = (place(location), does.trim_end());
            format!("{who:<9} {place:<18} {does:<18} {}", location.text)
        }
        // Before its first line, or behind its last one.
        None if verb == "signals" => format!("{who:<9} ends"),
        None => format!("{who:<9} begins"),
    }
}

/// Whether a step only shows that its thread is there: between the looks of a join, for instance.
#[must_use]
pub(crate) fn goes_on(line: &Line) -> bool {
    verb(line) == "goes on"
}

/// Whether two steps, one right after the other, are told in one line: the same again, or both inside of a module of the
/// interpreter's own, of which the program's author knows no line.
#[must_use]
pub(crate) fn is_one(left: &Line, right: &Line) -> bool {
    let same = (&left.location, verb(left)) == (&right.location, verb(right));
    let inside = module(left).is_some() && module(left) == module(right);
    left.thread == right.thread && (same || inside)
}

/// The module of the interpreter's own that a step is inside of: `threading` for `<frozen threading>`.
fn module(line: &Line) -> Option<&str> {
    let file = &line.location.as_ref()?.file;
    file.strip_prefix("<frozen ")?.strip_suffix('>')
}

/// Steps that are told in one line.
#[must_use]
pub(crate) fn steps(run: &[&Line]) -> String {
    let (first, module) = (run[0], module(run[0]));
    let Some(module) = module.filter(|_| run.len() > 1) else {
        return step(first);
    };
    let mut verbs: Vec<&str> = run.iter().map(|line| verb(line)).collect();
    verbs.dedup();
    let who = thread(first.thread);
    let place = format!("({module})");
    format!("{who:<9} {place:<18} {}", verbs.join(", "))
}

/// A race in a line.
#[must_use]
pub(crate) fn race(race: &Raced) -> String {
    let told = |side: usize| {
        let verb = if race.writes[side] { "writes" } else { "reads" };
        match &race.locations[side] {
            Some(location) => format!("{} {verb}: {}", place(location), location.text),
            None => format!("(unknown) {verb}"),
        }
    };
    let name = race
        .locations
        .iter()
        .flatten()
        .find_map(|location| location.name.clone());
    let name = name.map_or(String::new(), |name| format!("{name}: "));
    let mut sides = [told(0), told(1)];
    sides.sort();
    format!("{name}{}  |  {}", sides[0], sides[1])
}
