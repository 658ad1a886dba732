//! Names for what the log holds as numbers: threads, blocks, places, values, lines.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::panic::Location;
use std::path::{Component, Path};

use reports::shown::{Item, Told};
use reports::trace::{Fate, Source};

use crate::At;
use crate::clock::Epoch;
use crate::event::{Entry, Event, Form, Place, Word};
use crate::heap::BlockId;
use crate::state::State;
use crate::waits::On;

/// The names of one execution so far.
pub(crate) struct Names<'a> {
    state: &'a State,
    /// The threads, numbered where several have one name.
    threads: Vec<String>,
    /// What the log says lies at an address.
    places: HashMap<usize, Place>,
    /// For each block and name, the addresses of that name in it.
    members: BTreeMap<(BlockId, &'static str), BTreeSet<usize>>,
    /// For each name, the serial numbers of the places outside blocks.
    outside: BTreeMap<&'static str, BTreeSet<u32>>,
    /// Locks outside blocks, in order of their first acquisition.
    locks: Vec<(usize, &'static str)>,
    /// Pointers to what lies in no block, in order of appearance.
    pointers: Vec<u64>,
    /// For each entry of the log, how many counted steps of the trace there are up to it.
    steps: Vec<usize>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(state: &'a State) -> Self {
        let mut names = Self {
            state,
            threads: numbered(&state.threads),
            places: HashMap::new(),
            members: BTreeMap::new(),
            outside: BTreeMap::new(),
            locks: Vec::new(),
            pointers: Vec::new(),
            steps: Vec::with_capacity(state.log.len()),
        };
        state.log.iter().for_each(|entry| names.learn(entry));
        names
    }

    fn learn(&mut self, entry: &Entry) {
        let before = self.steps.last().copied().unwrap_or(0);
        self.steps
            .push(before + usize::from(is_counted(&entry.event)));
        match entry.event {
            Event::Load { place, value, .. } | Event::Store { place, value, .. } => {
                self.learn_place(place);
                self.learn_word(value);
            }
            Event::Update {
                place, old, new, ..
            } => {
                self.learn_place(place);
                self.learn_word(old);
                self.learn_word(new);
            }
            Event::Failed {
                place,
                expected,
                found,
                ..
            } => {
                self.learn_place(place);
                self.learn_word(expected);
                self.learn_word(found);
            }
            Event::Read { place } | Event::Write { place } => self.learn_place(place),
            Event::Acquired { lock, name } => self.learn_lock(lock, name),
            _ => {}
        }
    }

    fn learn_place(&mut self, place: Place) {
        self.places.insert(place.address, place);
        match self.state.blocks.find(place.address) {
            Some(id) => {
                let members = self.members.entry((id, place.name)).or_default();
                members.insert(place.address);
            }
            None => {
                self.outside
                    .entry(place.name)
                    .or_default()
                    .insert(place.serial);
            }
        }
    }

    fn learn_word(&mut self, word: Word) {
        let known = self.in_block(word.bits).is_some() || self.pointers.contains(&word.bits);
        let address = word.form == Form::Pointer && word.bits != 0 && word.in_place().is_none();
        if address && !known {
            self.pointers.push(word.bits);
        }
    }

    fn learn_lock(&mut self, lock: usize, name: &'static str) {
        let known = self.locks.contains(&(lock, name));
        if !known && self.state.blocks.find(lock).is_none() {
            self.locks.push((lock, name));
        }
    }

    pub(crate) fn thread(&self, thread: usize) -> &str {
        &self.threads[thread]
    }

    /// The names of all threads.
    pub(crate) fn threads(&self) -> Vec<String> {
        self.threads.clone()
    }

    pub(crate) fn block(&self, id: BlockId) -> String {
        let block = self.state.blocks.get(id);
        match block.label {
            Some(label) => label.to_owned(),
            None => format!("{}#{}", block.request.name, block.number),
        }
    }

    pub(crate) fn size(&self, id: BlockId) -> usize {
        self.state.blocks.get(id).size()
    }

    /// `dict#1.keys`; `items#2.item[3]` when the block has several of the name; `flag#2` outside blocks.
    pub(crate) fn place(&self, place: &Place) -> String {
        let Some(id) = self.state.blocks.find(place.address) else {
            return self.place_outside(place);
        };
        let block = self.block(id);
        match self.rank(id, place) {
            Some(rank) => format!("{block}.{}[{rank}]", place.name),
            None => format!("{block}.{}", place.name),
        }
    }

    /// The position of a place among those of its name in its block, unless it is the only one.
    fn rank(&self, id: BlockId, place: &Place) -> Option<usize> {
        let mut addresses = self.state.blocks.named(id, place.name);
        if addresses.is_empty() {
            let accessed = self.members.get(&(id, place.name));
            addresses.extend(accessed.into_iter().flatten());
        }
        let before = addresses.iter().filter(|address| **address < place.address);
        let rank = before.count();
        (addresses.len() > 1).then_some(rank)
    }

    fn place_outside(&self, place: &Place) -> String {
        match self.outside.get(place.name) {
            Some(serials) if serials.len() > 1 => {
                let rank = serials.range(..place.serial).count();
                format!("{}#{}", place.name, rank + 1)
            }
            _ => place.name.to_owned(),
        }
    }

    pub(crate) fn value(&self, word: Word) -> String {
        if let Some(name) = word.in_place().or_else(|| self.in_block(word.bits)) {
            return name;
        }
        match word.form {
            Form::Unsigned => word.bits.to_string(),
            Form::Signed => word.bits.cast_signed().to_string(),
            Form::Pointer => self.pointer(word.bits),
        }
    }

    fn pointer(&self, bits: u64) -> String {
        let known = self.pointers.iter().position(|pointer| *pointer == bits);
        match known {
            _ if bits == 0 => "null".to_owned(),
            Some(rank) => format!("pointer#{}", rank + 1),
            None => "pointer".to_owned(),
        }
    }

    fn in_block(&self, bits: u64) -> Option<String> {
        let address = usize::try_from(bits).ok()?;
        let id = self.state.blocks.find(address)?;
        let offset = address - self.state.blocks.get(id).address;
        let name = self.block(id);
        Some(if offset == 0 {
            name
        } else {
            format!("{name}+{offset}")
        })
    }

    /// What a call was given or gave back: `1, dict#2`; none if nothing is known of it.
    pub(crate) fn shown(&self, told: Told) -> Option<String> {
        let items: Vec<String> = told.items().map(|item| self.item(item)).collect();
        (!items.is_empty()).then(|| items.join(", "))
    }

    fn item(&self, item: Item) -> String {
        match item {
            Item::Nothing => "nothing".to_owned(),
            Item::Flag(flag) => flag.to_string(),
            Item::Number(number) => number.to_string(),
            Item::Object(address) => match self.state.blocks.find(address) {
                Some(id) => self.block(id),
                None => "an object".to_owned(),
            },
            Item::Word(word) => word.to_owned(),
        }
    }

    /// The name of a key: of the atomic at that address where one is known.
    pub(crate) fn key(&self, key: usize) -> String {
        match self.places.get(&key) {
            Some(place) => self.place(place),
            None => self
                .in_block(key as u64)
                .unwrap_or_else(|| "a key".to_owned()),
        }
    }

    pub(crate) fn lock(&self, lock: usize, name: &str) -> String {
        if let Some(id) = self.state.blocks.find(lock) {
            return format!("{}.{name}", self.block(id));
        }
        let alike: Vec<usize> = self
            .locks
            .iter()
            .filter(|(_, known)| *known == name)
            .map(|(address, _)| *address)
            .collect();
        match alike.iter().position(|address| *address == lock) {
            Some(rank) if alike.len() > 1 => format!("{name}#{}", rank + 1),
            _ => name.to_owned(),
        }
    }

    /// The name of a lock that is given up, as it had when it was taken.
    pub(crate) fn released(&self, lock: usize) -> String {
        let taken = self.state.log.iter().find_map(|entry| match entry.event {
            Event::Acquired { lock: taken, name } if taken == lock => Some(name),
            _ => None,
        });
        self.lock(lock, taken.unwrap_or("lock"))
    }

    pub(crate) fn on(&self, on: On) -> String {
        match on {
            On::Key(key) => self.key(key),
            On::Thread(thread) => format!("the end of {}", self.thread(thread)),
            On::Change => "a change, in a loop".to_owned(),
        }
    }

    /// Who holds what `on` waits for: the lock at that address, or a lock in the same block.
    pub(crate) fn holder(&self, on: On) -> Option<String> {
        let On::Key(key) = on else {
            return None;
        };
        let block = self.state.blocks.find(key);
        let same = |lock| block.is_some() && self.state.blocks.find(lock) == block;
        let waits = &self.state.waits;
        let held = waits.holder(key);
        let held = held.or_else(|| waits.held.iter().find(|held| same(held.lock)))?;
        Some(self.thread(held.thread).to_owned())
    }

    pub(crate) fn source(&self, at: At) -> String {
        let Source { file, line } = source(at);
        format!("{file}:{line}")
    }

    /// How many counted steps of the trace there are up to and including this entry of the log.
    pub(crate) fn step(&self, index: usize) -> usize {
        self.steps.get(index).copied().unwrap_or(0)
    }

    /// `T1 at runtime/src/protocols/brc.rs:40`.
    pub(crate) fn event(&self, epoch: Epoch) -> String {
        let thread = self.thread(epoch.thread);
        match self.state.log.get(epoch.step) {
            Some(entry) => format!("{thread} at {}", self.source(entry.at)),
            None => thread.to_owned(),
        }
    }

    pub(crate) fn allocated(&self, id: BlockId) -> Option<Fate> {
        let is_it = |entry: &Entry| entry.event == Event::Alloc { block: id };
        let at = self.state.log.iter().position(is_it)?;
        Some(self.fate("allocated", at))
    }

    pub(crate) fn freed(&self, id: BlockId) -> Option<Fate> {
        let at = self.state.blocks.get(id).freed?;
        Some(self.fate("freed", at))
    }

    /// `allocated by T1 at runtime/src/objects/life.rs:40`.
    pub(crate) fn made(&self, id: BlockId) -> String {
        self.told(self.allocated(id))
    }

    /// `freed by T1 at runtime/src/objects/life.rs:40`; without its step, whose number depends on the order of reading.
    pub(crate) fn told(&self, fate: Option<Fate>) -> String {
        let told = |fate: Fate| {
            let thread = self.thread(fate.thread);
            Fate { step: None, ..fate }.told(thread)
        };
        fate.map(told).unwrap_or_default()
    }

    fn fate(&self, what: &str, at: usize) -> Fate {
        let entry = &self.state.log[at];
        Fate {
            what: what.to_owned(),
            thread: entry.thread,
            at: source(entry.at),
            step: Some(self.step(at)),
        }
    }
}

/// The names, with a number behind each that several have.
fn numbered(names: &[String]) -> Vec<String> {
    let alike =
        |name: &String, among: &[String]| among.iter().filter(|other| *other == name).count();
    let number = |(index, name): (usize, &String)| match alike(name, names) {
        1 => name.clone(),
        _ => format!("{name}#{}", alike(name, &names[..=index])),
    };
    names.iter().enumerate().map(number).collect()
}

/// Whether an event is a step of the trace, and not just a remark between steps.
pub(crate) fn is_step(event: &Event) -> bool {
    !matches!(event, Event::Blocked { .. } | Event::Spun | Event::Finished)
}

/// Whether an event is a step that has a number of its own.
pub(crate) fn is_counted(event: &Event) -> bool {
    is_step(event) && !matches!(event, Event::Begin { .. } | Event::End { .. })
}

/// A line of the source; the path is relative to the repository's root, whichever root mounted the file.
pub(crate) fn source(at: &Location<'_>) -> Source {
    let mut parts: Vec<&str> = Vec::new();
    for component in Path::new(at.file()).components() {
        match component {
            Component::Normal(part) => parts.extend(part.to_str()),
            Component::ParentDir => drop(parts.pop()),
            _ => {}
        }
    }
    Source {
        file: parts.join("/"),
        line: at.line(),
    }
}
