//! Drawn Python programs: one interleaving of each class shows what all interleavings show.

mod support;

use std::collections::BTreeSet;

use explorer::Explored;
use support::{explored, of_text};

/// Programs that are drawn.
const PROGRAMS: u64 = 24;

/// A small generator (SplitMix64), so that the programs are the same everywhere.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

const STATEMENTS: [&str; 14] = [
    "count += 1",
    "count = len(items)",
    "items.append(ME)",
    "items.insert(0, ME)",
    "if items: items.pop()",
    "table['a'] = ME",
    "table['b'] = table.get('a', 0) + 1",
    "table.setdefault('c', ME)",
    "if 'a' in table: del table['a']",
    "box.value = box.value + 1",
    "box.other = ME",
    "names.add(ME)",
    "if len(names) > 0: count = 10",
    "event.set()",
];

fn statement(draw: &mut Draw) -> String {
    let statement = draw.of(&STATEMENTS);
    match draw.below(4) {
        0 => format!("    with lock:\n        {statement}\n"),
        _ => format!("    {statement}\n"),
    }
}

fn program(number: u64) -> String {
    let mut draw = Draw(number);
    let mut text = String::from(
        "import threading\n\
         lock = threading.Lock()\nevent = threading.Event()\n\
         count = 0\nitems = [0]\ntable = {'a': 0}\nnames = set()\n\
         class Box:\n    value = 0\nbox = Box()\n",
    );
    for thread in 1..=2 {
        text += &format!("def work{thread}():\n    global count\n    ME = {thread}\n");
        for _ in 0..1 + draw.below(2) {
            text += &statement(&mut draw);
        }
    }
    text += "threads = [threading.Thread(target=work) for work in (work1, work2)]\n\
             for thread in threads: thread.start()\n\
             for thread in threads: thread.join()\n\
             print(count, items, list(table.items()), sorted(names), vars(box), event.is_set())\n";
    text
}

/// What the program prints in its outcomes.
fn outputs(explored: &Explored) -> BTreeSet<String> {
    let outcomes = explored.found.iter();
    outcomes.map(|found| found.outcome.output.clone()).collect()
}

#[test]
fn one_interleaving_of_each_class_shows_what_all_show() {
    for number in 0..PROGRAMS {
        let text = program(number);
        let program = of_text("drawn.py", text.as_bytes());
        let (few, all) = (explored(&program, true), explored(&program, false));
        assert_eq!(outputs(&few), outputs(&all), "{text}");
        // As many classes as the search counts are shown where it is tested alone. Here all interleavings can have more:
        // where a thread is while it ends moves operations of those who wait for it.
        assert!(few.interleavings <= all.interleavings, "classes of\n{text}");
    }
}
