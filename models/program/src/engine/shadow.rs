//! Looks at every access of the interpreter's atomics and cells for two that no point orders.
//!
//! The search knows of points only. What threads share between them, without a point, it would take for private, and
//! miss outcomes. So in some executions each access is compared with those of other threads at the same address: the
//! points order the two, or both threads have said that they use the object ([`Segment::objects`]), or the place is
//! the interpreter's own affair ([`Internal`]), or the line is one where a point was missing. Such a line becomes one.
//!
//! # Source           Flanagan and Freund, FastTrack, PLDI 2009 (the last write and the last reads of a place), with the
//! operations of the program for what orders.

use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasherDefault;
use std::panic::Location;

use interleavings::{Access, Effect, Event, MAX_THREADS, Operation, Place};

use super::hot::Mixer;
use crate::place;

/// The interpreter's own affairs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Internal {
    /// Files, or beginnings of them, and why no program notices who comes first there.
    pub files: &'static [(&'static str, &'static str)],
    /// Names of mutexes, in the same way.
    pub mutexes: &'static [(&'static str, &'static str)],
    /// Whether what a thread does behind a point is known only by its next one to those that the point orders.
    pub is_strict: bool,
}

/// Containers, whose operations are looked into by others that wait: no line in the middle of one can be a point.
const WHOLE: [&str; 3] = ["objects/dict/", "objects/list/", "objects/set/"];

/// Where references are counted.
const COUNTS: &str = "protocols/refcount/";
/// Bytes of an object's count.
const COUNT: usize = 16;

/// A place in the interpreter's source.
pub(super) type Site = &'static Location<'static>;

/// What a thread does between two points, none of which anybody can come between.
#[derive(Debug, Default)]
struct Segment {
    event: Event,
    /// What the thread has said that it uses.
    objects: Vec<u64>,
}

/// An access of an address: in which segment, and where.
type Touch = (u32, Site);

/// The last accesses of an address.
#[derive(Debug, Default)]
struct Word {
    write: Option<Touch>,
    reads: [Option<Touch>; MAX_THREADS],
}

/// What is known of one execution, and which lines are to be points.
#[derive(Debug, Default)]
pub(crate) struct Shadow {
    segments: Vec<Segment>,
    events: Vec<Event>,
    current: [u32; MAX_THREADS],
    words: HashMap<usize, Word, BuildHasherDefault<Mixer>>,
    sites: BTreeSet<(&'static str, u32, u32)>,
    changed: bool,
    internal: Internal,
    /// The cells that lie behind a lock, and what that is called.
    cells: HashMap<usize, &'static str, BuildHasherDefault<Mixer>>,
    /// Locks before which there is a point.
    locks: BTreeSet<&'static str>,
    /// What threads do to one container in no order that is known.
    torn: BTreeSet<(&'static str, u32)>,
    has_unordered_end: bool,
}

/// The file of a line, from the folder of the shared source.
fn file(site: Site) -> &'static str {
    let path = site.file();
    path.rsplit_once("runtime/src/")
        .map_or(path, |(_, file)| file)
}

impl Shadow {
    /// Forgets the last execution.
    pub(crate) fn clear(&mut self) {
        self.segments.clear();
        self.segments.push(Segment::default());
        self.events.clear();
        self.current = [0; MAX_THREADS];
        self.words.clear();
    }

    /// A thread goes on with an operation.
    pub(crate) fn goes_on(&mut self, thread: usize, operation: &Operation) {
        let event = Event::after(&self.events, thread, operation.clone());
        self.events.push(event.clone());
        let objects = operation.accesses().map(|access| access.place.object);
        let mut objects: Vec<u64> = objects.collect();
        // Who slept goes on with what it had begun.
        if operation.accesses().all(place::is_parking) {
            let before = &self.segments[self.current[thread] as usize];
            objects.extend(&before.objects);
        }
        self.current[thread] = self.segments.len() as u32;
        self.segments.push(Segment { event, objects });
    }

    /// The running thread's operation does this, too.
    pub(crate) fn also(&mut self, thread: usize, access: Access) {
        let mut events = self.events.iter_mut().rev();
        if let Some(event) = events.find(|event| event.thread == thread) {
            event.operation.add(access);
        }
    }

    /// The running thread is about to use an object, at a point or where none is needed.
    pub(crate) fn uses(&mut self, thread: usize, place: Place) {
        let objects = &mut self.segments[self.current[thread] as usize].objects;
        if !objects.contains(&place.object) {
            objects.push(place.object);
        }
    }

    /// Memory that is given to somebody else.
    pub(crate) fn forget(&mut self, start: usize, size: usize) {
        let range = start..start + size;
        if size > 4096 {
            self.words.retain(|address, _| !range.contains(address));
            self.cells.retain(|address, _| !range.contains(address));
            return;
        }
        for address in range {
            self.words.remove(&address);
            self.cells.remove(&address);
        }
    }

    /// Whether some line is a point.
    pub(crate) fn has_points(&self) -> bool {
        !self.sites.is_empty() || !self.locks.is_empty()
    }

    /// Whether a line is a point.
    pub(crate) fn is_point(&self, site: Site) -> bool {
        self.has_points()
            && self
                .sites
                .contains(&(file(site), site.line(), site.column()))
    }

    /// What is not watched.
    pub(crate) fn leave_alone(&mut self, internal: Internal) {
        self.internal = internal;
    }

    /// A lock is about to be taken for what lies in a cell; says whether that is a point.
    pub(crate) fn enters(&mut self, cell: usize, name: &'static str) -> bool {
        self.cells.insert(cell, name);
        self.locks.contains(name)
    }

    fn is_internal(&self, address: usize, is_plain: bool, site: Site) -> bool {
        let file = file(site);
        match self.cells.get(&address).filter(|_| is_plain) {
            Some(lock) => self.internal.mutexes.iter().any(|(name, _)| name == lock),
            None => self
                .internal
                .files
                .iter()
                .any(|(begin, _)| file.starts_with(begin)),
        }
    }

    /// The running thread touches an address.
    pub(crate) fn touches(
        &mut self,
        thread: usize,
        address: usize,
        (effect, is_plain): (Effect, bool),
        site: Site,
    ) {
        let now = self.current[thread];
        if file(site).starts_with(COUNTS) {
            self.words.entry(address).or_default().reads[thread] = Some((now, site));
            return;
        }
        if self.is_internal(address, is_plain, site) {
            return;
        }
        let word = self.words.entry(address).or_default();
        let foreign = |touch: &Touch| self.segments[touch.0 as usize].event.thread != thread;
        let mut others: Vec<Touch> = word.write.iter().copied().filter(foreign).collect();
        if effect == Effect::Write {
            others.extend(word.reads.iter().flatten().filter(|touch| foreign(touch)));
            word.write = Some((now, site));
        } else {
            word.reads[thread] = Some((now, site));
        }
        for (segment, other) in others {
            if !self.is_ordered(segment, now) {
                self.note(address, is_plain, other);
                self.note(address, is_plain, site);
            }
        }
    }

    /// An object ends of whose end somebody is told: a finalizer runs, or weak references are cleared. Who used it last
    /// has to be known.
    pub(crate) fn ends(&mut self, thread: usize, object: usize) {
        let now = self.current[thread];
        let words = (object..object + COUNT).filter_map(|address| self.words.get(&address));
        let mut touches = words.flat_map(|word| word.reads.iter().flatten());
        self.has_unordered_end |= touches.any(|(segment, _)| {
            self.segments[*segment as usize].event.thread != thread
                && !self.is_ordered(*segment, now)
        });
    }

    /// Whether an object ended that somebody is told of, and nothing says who used it last.
    pub(crate) fn has_unordered_end(&self) -> bool {
        self.has_unordered_end
    }

    fn is_ordered(&self, before: u32, now: u32) -> bool {
        let [before, now] = [before, now].map(|segment| &self.segments[segment as usize]);
        let number = before.event.number + u32::from(self.internal.is_strict);
        now.event.clock.knows(before.event.thread, number)
            || before
                .objects
                .iter()
                .any(|object| now.objects.contains(object))
    }

    /// Makes a point of a line, or of the lock before it.
    fn note(&mut self, address: usize, is_plain: bool, site: Site) {
        let file = file(site);
        if WHOLE.iter().any(|begin| file.starts_with(begin)) {
            self.torn.insert((file, site.line()));
            return;
        }
        self.changed |= match (is_plain, self.cells.get(&address)) {
            (true, Some(lock)) => self.locks.insert(lock),
            // Nothing says where a point could be before it.
            (true, None) => {
                self.torn.insert((file, site.line()));
                false
            }
            (false, _) => self.sites.insert((file, site.line(), site.column())),
        };
    }

    /// Whether a line became a point since the last call.
    pub(crate) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Where threads met in the middle of operations of containers.
    pub(crate) fn torn(&self) -> impl Iterator<Item = (&'static str, u32)> {
        self.torn.iter().copied()
    }

    /// The lines, and the names of locks, that had no point.
    pub(crate) fn sites(&self) -> impl Iterator<Item = String> {
        let lines = self
            .sites
            .iter()
            .map(|(file, line, _)| format!("{file}:{line}"));
        lines.chain(self.locks.iter().map(|lock| format!("lock of {lock}")))
    }
}
