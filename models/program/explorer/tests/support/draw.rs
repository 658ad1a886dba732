//! Drawn Python programs of two threads.

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

/// What takes more steps than brute force has time for.
const LONGER: [&str; 10] = [
    "items.sort(key=lambda item: -item)",
    "items.extend(names)",
    "items[:] = [ME, len(items)]",
    "if ME in items: items.remove(ME)",
    "count = sum(items)",
    "table.update(b=ME)",
    "table |= {'d': len(table)}",
    "names.discard(1)",
    "box.__dict__['value'] = len(vars(box))",
    "names.update(items)",
];

fn statement(draw: &mut Draw, is_long: bool) -> String {
    let statement = match is_long && draw.below(3) == 0 {
        true => draw.of(&LONGER),
        false => draw.of(&STATEMENTS),
    };
    match draw.below(4) {
        0 => format!("    with lock:\n        {statement}\n"),
        _ => format!("    {statement}\n"),
    }
}

/// The program with this number; `gated` threads wait for each other before they begin, so that real ones meet.
pub(crate) fn program(number: u64, gated: bool) -> String {
    let mut draw = Draw(number);
    let mut text = String::from(
        "import threading\n\
         lock = threading.Lock()\nevent = threading.Event()\n\
         count = 0\nitems = [0]\ntable = {'a': 0}\nnames = set()\n\
         class Box:\n    value = 0\nbox = Box()\n",
    );
    let gate = if gated { "    gate.wait()\n" } else { "" };
    if gated {
        text += "gate = threading.Event()\n";
    }
    for thread in 1..=2 {
        text += &format!("def work{thread}():\n    global count, table\n    ME = {thread}\n{gate}");
        for _ in 0..1 + draw.below(2) {
            text += &statement(&mut draw, gated);
        }
    }
    text += "threads = [threading.Thread(target=work) for work in (work1, work2)]\n\
             for thread in threads: thread.start()\n";
    if gated {
        text += "gate.set()\n";
    }
    text += "for thread in threads: thread.join()\n\
             print(count, items, list(table.items()), sorted(names), vars(box), event.is_set())\n";
    text
}
