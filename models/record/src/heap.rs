//! The model heap: real memory, in which nothing is used twice before the execution ends.
//!
//! Blocks come from chunks that are filled front to back and emptied between executions, so a block has the same
//! address in every execution that allocates in the same order, and a freed block keeps its address to itself. Its
//! bytes are inverted when it is freed: a pointer read from them is not a valid address.

use std::alloc::{self, Layout};
use std::ptr::NonNull;

use reports::failure::FailureKind;
use reports::scenario::Broken;

use crate::At;
use crate::event::{self, Event};
use crate::execution;
use crate::failure;
use crate::names::Names;
use crate::state::{self, State};

/// A block of the running execution, numbered from 0 in order of allocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BlockId(u32);

impl BlockId {
    /// Its position in order of allocation.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What is asked of the heap.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// Size and alignment.
    pub layout: Layout,
    /// What traces call the block, as in `dict`.
    pub name: &'static str,
    /// Whether the collector's walk sees it.
    pub object: bool,
    /// Which heap it belongs to, for [`visit`].
    pub heap: u32,
}

/// One block and its fate.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) address: usize,
    pub(crate) request: Request,
    /// Position among the blocks of its name, counted from 1.
    pub(crate) number: u32,
    pub(crate) label: Option<&'static str>,
    /// The step of the log that freed it.
    pub(crate) freed: Option<usize>,
}

impl Block {
    pub(crate) fn size(&self) -> usize {
        self.request.layout.size()
    }
}

/// Every block of the execution.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    chunks: Vec<Chunk>,
    all: Vec<Block>,
    counts: Vec<(&'static str, u32)>,
    /// The blocks that the failure is about.
    pub(crate) accused: Vec<BlockId>,
}

impl Blocks {
    pub(crate) fn clear(&mut self) {
        self.chunks.iter_mut().for_each(Chunk::clear);
        self.all.clear();
        self.counts.clear();
        self.accused.clear();
    }

    /// The block whose bytes `address` is among, live or dead.
    pub(crate) fn find(&self, address: usize) -> Option<BlockId> {
        let id = self.chunks.iter().find_map(|chunk| chunk.find(address))?;
        let block = &self.all[id.index()];
        (address < block.address + block.size().max(1)).then_some(id)
    }

    pub(crate) fn get(&self, id: BlockId) -> &Block {
        &self.all[id.index()]
    }

    fn live(&self) -> impl Iterator<Item = (BlockId, &Block)> {
        let ids = (0..).map(BlockId);
        ids.zip(&self.all)
            .filter(|(_, block)| block.freed.is_none())
    }

    fn alloc(&mut self, request: Request) -> (NonNull<u8>, BlockId) {
        let id = BlockId(u32::try_from(self.all.len()).expect("fewer than 2^32 blocks"));
        let pointer = self.reserve(request.layout, id);
        let number = self.count(request.name);
        self.all.push(Block {
            address: pointer.addr().get(),
            request,
            number,
            label: None,
            freed: None,
        });
        (pointer, id)
    }

    fn reserve(&mut self, layout: Layout, id: BlockId) -> NonNull<u8> {
        if let Some(pointer) = self.chunks.iter_mut().find_map(|c| c.take(layout, id)) {
            return pointer;
        }
        let mut chunk = Chunk::new(layout.size() + layout.align() + GRANULE);
        let pointer = chunk.take(layout, id).expect("the chunk was made for it");
        self.chunks.push(chunk);
        pointer
    }

    fn count(&mut self, name: &'static str) -> u32 {
        match self.counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.counts.push((name, 1));
                1
            }
        }
    }

    /// The addresses in the block that hold an atomic or cell whose constructor was given `name`.
    ///
    /// Facades keep the name in the value, so its address and length stand in the block, inverted if the block is dead.
    pub(crate) fn named(&self, id: BlockId, name: &'static str) -> Vec<usize> {
        let block = &self.all[id.index()];
        let wanted = [name.as_ptr().addr(), name.len()];
        let inverted = wanted.map(|word| !word);
        let wanted = if block.freed.is_some() {
            inverted
        } else {
            wanted
        };
        let last = block.size().saturating_sub(size_of_val(&wanted));
        let candidates = (0..=last).step_by(align_of::<usize>());
        candidates
            .map(|offset| block.address + offset)
            .filter(|address| block.size() >= size_of_val(&wanted) && words_at(*address) == wanted)
            .collect()
    }

    /// Marks the block as freed by `step` and inverts its bytes.
    fn bury(&mut self, id: BlockId, step: usize) {
        let block = &mut self.all[id.index()];
        block.freed = Some(step);
        let start = std::ptr::with_exposed_provenance_mut::<u8>(block.address);
        // SAFETY: the bytes belong to a chunk that lives until the OS thread ends, and were zeroed when they were made;
        // model threads run one at a time, so nothing else accesses them now.
        let bytes = unsafe { std::slice::from_raw_parts_mut(start, block.size()) };
        bytes.iter_mut().for_each(|byte| *byte = !*byte);
    }
}

/// The two words at an address inside a block.
fn words_at(address: usize) -> [usize; 2] {
    let words = std::ptr::with_exposed_provenance::<[usize; 2]>(address);
    // SAFETY: the caller's address lies in a block, with room behind it; blocks are aligned to a granule, stay mapped
    // until the OS thread ends, and were zeroed when they were made.
    unsafe { words.read_volatile() }
}

const GRANULE: usize = 16;
const CHUNK: usize = 1 << 20;
const ALIGNMENT: usize = 4096;

/// Memory that blocks are cut from, and which block each granule belongs to.
#[derive(Debug)]
struct Chunk {
    memory: NonNull<u8>,
    layout: Layout,
    used: usize,
    /// For each granule in use, its block.
    owners: Vec<Option<BlockId>>,
}

impl Chunk {
    fn new(least: usize) -> Self {
        let size = least.max(CHUNK).next_multiple_of(GRANULE);
        let layout = Layout::from_size_align(size, ALIGNMENT).expect("a chunk is of sane size");
        // SAFETY: the size is not zero.
        let memory = unsafe { alloc::alloc_zeroed(layout) };
        Self {
            memory: NonNull::new(memory).unwrap_or_else(|| alloc::handle_alloc_error(layout)),
            layout,
            used: 0,
            owners: Vec::new(),
        }
    }

    /// Cuts a block off, with at least one granule of nobody's behind it.
    fn take(&mut self, layout: Layout, id: BlockId) -> Option<NonNull<u8>> {
        let start = self.used.next_multiple_of(layout.align().max(GRANULE));
        let end = (start + layout.size().max(1)).next_multiple_of(GRANULE);
        if layout.align() > ALIGNMENT || end + GRANULE > self.layout.size() {
            return None;
        }
        self.owners.resize(start / GRANULE, None);
        self.owners.resize(end / GRANULE, Some(id));
        self.used = end + GRANULE;
        // SAFETY: `start` lies inside the chunk.
        let pointer = unsafe { self.memory.add(start) };
        pointer.as_ptr().expose_provenance();
        Some(pointer)
    }

    fn find(&self, address: usize) -> Option<BlockId> {
        let offset = address.wrapping_sub(self.memory.addr().get());
        self.owners.get(offset / GRANULE).copied().flatten()
    }

    fn clear(&mut self) {
        // SAFETY: `used` bytes of the chunk were handed out; the execution that used them is over.
        unsafe { self.memory.write_bytes(0, self.used) };
        self.used = 0;
        self.owners.clear();
    }
}

impl Drop for Chunk {
    fn drop(&mut self) {
        // SAFETY: it came from `alloc_zeroed` with this layout.
        unsafe { alloc::dealloc(self.memory.as_ptr(), self.layout) };
    }
}

/// Allocates a block; its bytes are zero.
#[must_use]
pub fn alloc(request: Request, at: At) -> (NonNull<u8>, BlockId) {
    let (pointer, id) = state::with(|state| state.blocks.alloc(request));
    event::push(Event::Alloc { block: id }, at);
    (pointer, id)
}

/// The block that `address` lies in; `None` when it lies in none.
///
/// # Panics
/// Fails the execution when that block was freed.
#[track_caller]
pub fn touch(address: usize, at: At) -> Option<BlockId> {
    if !execution::running() {
        return None;
    }
    failure::unless(state::with(|state| live_at(state, address, at)))
}

/// The block that `address` lies in, if any, which must be live.
pub(crate) fn live_at(
    state: &mut State,
    address: usize,
    at: At,
) -> Result<Option<BlockId>, Broken> {
    let id = state.blocks.find(address);
    match id.filter(|id| state.blocks.get(*id).freed.is_some()) {
        Some(dead) => Err(touched_dead(state, dead, at)),
        None => Ok(id),
    }
}

/// Frees the block at `address`; its bytes can still be read, inverted. `None` while a failed execution unwinds.
///
/// # Panics
/// Fails the execution when no block begins there, or when it was freed before.
#[track_caller]
pub fn free(address: usize, at: At) -> Option<BlockId> {
    if !execution::running() {
        return None;
    }
    let thread = execution::current();
    let id = failure::unless(state::with(|state| {
        let id = state.blocks.find(address);
        let id = id.filter(|id| state.blocks.get(*id).address == address);
        let Some(id) = id else {
            return Err(freed_nothing(state, at));
        };
        if state.blocks.get(id).freed.is_some() {
            return Err(freed_twice(state, id, thread, at));
        }
        let step = state.log.len();
        state.blocks.bury(id, step);
        Ok(id)
    }));
    event::push(Event::Free { block: id }, at);
    Some(id)
}

/// Gives the block that `address` lies in a name of its own for traces.
pub fn label(address: usize, label: &'static str) {
    state::with(|state| {
        if let Some(id) = state.blocks.find(address) {
            state.blocks.all[id.index()].label = Some(label);
        }
    });
}

/// The block whose bytes `address` is among, live or dead.
#[must_use]
pub fn find(address: usize) -> Option<BlockId> {
    state::with(|state| state.blocks.find(address))
}

/// Whether the collector's walk sees the block.
#[must_use]
pub fn is_object(id: BlockId) -> bool {
    state::with(|state| state.blocks.get(id).request.object)
}

/// Where the block begins.
#[must_use]
pub fn address(id: BlockId) -> usize {
    state::with(|state| state.blocks.get(id).address)
}

/// The live object blocks of one heap, in order of allocation.
#[must_use]
pub fn objects(heap: u32) -> Vec<NonNull<u8>> {
    let wanted = |block: &&Block| block.request.object && block.request.heap == heap;
    state::with(|state| {
        let live = state.blocks.live().map(|(_, block)| block);
        live.filter(wanted)
            .filter_map(|block| NonNull::new(std::ptr::with_exposed_provenance_mut(block.address)))
            .collect()
    })
}

/// The serial number of the block that `address` lies in, counted from 1: its identity and its place in the order of
/// blocks. Zero for what lies in no block.
#[must_use]
pub fn serial(address: usize) -> u64 {
    state::with(|state| {
        let id = state.blocks.find(address);
        id.map_or(0, |id| id.index() as u64 + 1)
    })
}

/// Fails the execution as a leak when a block is live.
#[track_caller]
pub(crate) fn expect_empty() {
    failure::unless(state::with(|state| {
        let live: Vec<BlockId> = state.blocks.live().map(|(id, _)| id).collect();
        match live.is_empty() {
            true => Ok(()),
            false => Err(leaked(state, live)),
        }
    }));
}

fn touched_dead(state: &mut State, id: BlockId, at: At) -> Broken {
    state.blocks.accused.push(id);
    let names = Names::new(state);
    Broken {
        kind: FailureKind::UseAfterFree,
        claim: "no block is touched after it was freed".to_owned(),
        detail: format!(
            "`{}` is touched at {}; it was {}",
            names.block(id),
            names.source(at),
            names.told(names.freed(id)),
        ),
    }
}

fn freed_twice(state: &mut State, id: BlockId, thread: usize, at: At) -> Broken {
    state.blocks.accused.push(id);
    let names = Names::new(state);
    Broken {
        kind: FailureKind::DoubleFree,
        claim: "every block is freed once".to_owned(),
        detail: format!(
            "`{}` is freed by {} at {}; it was already {}",
            names.block(id),
            names.thread(thread),
            names.source(at),
            names.told(names.freed(id)),
        ),
    }
}

fn freed_nothing(state: &State, at: At) -> Broken {
    Broken {
        kind: FailureKind::DoubleFree,
        claim: "only the start of a block is freed".to_owned(),
        detail: format!(
            "no block begins at what {} frees",
            Names::new(state).source(at)
        ),
    }
}

fn leaked(state: &mut State, live: Vec<BlockId>) -> Broken {
    let names = Names::new(state);
    let listed: Vec<String> = live
        .iter()
        .map(|id| format!("`{}`, {}", names.block(*id), names.made(*id)))
        .collect();
    let detail = format!("still live at the end: {}", listed.join("; "));
    state.blocks.accused = live;
    Broken {
        kind: FailureKind::Leak,
        claim: "every block is freed before the end".to_owned(),
        detail,
    }
}
