//! Races: what loom's clocks say about plain accesses and about blocks, in the recorder's words.

use std::cell::RefCell;
use std::rc::Rc;

use loom::cell::UnsafeCell;
use record::heap::{BlockId, Request};
use record::{At, failure, heap, unordered};

use super::schedule;

thread_local! {
    /// For each block of the execution a cell: a touch of the block reads it, the end of the block writes it.
    static BLOCKS: RefCell<Vec<Rc<UnsafeCell<()>>>> = const { RefCell::new(Vec::new()) };
}

/// Forgets the blocks of the execution before.
pub(super) fn reset() {
    BLOCKS.with_borrow_mut(Vec::clear);
}

/// Allocates a block, which the current thread writes thereby.
pub(super) fn alloc(request: Request, at: At) -> std::ptr::NonNull<u8> {
    let alive = schedule::alive();
    let (pointer, _) = heap::alloc(request, at);
    if alive {
        BLOCKS.with_borrow_mut(|blocks| blocks.push(Rc::new(UnsafeCell::new(()))));
    }
    pointer
}

/// Touches the block that `address` lies in, if any.
#[track_caller]
pub(super) fn touch(address: usize, at: At) {
    let Some(block) = heap::touch(address, at) else {
        return;
    };
    let cell = hidden(block);
    if let Some(other) = race(|| cell.with(|_| ())) {
        unordered::touched(block, other, at);
    }
}

/// Frees the block at `address`.
#[track_caller]
pub(super) fn free(address: usize, at: At) {
    if !schedule::alive() {
        return;
    }
    let Some(block) = heap::free(address, at) else {
        return;
    };
    let cell = hidden(block);
    if let Some(other) = race(|| cell.with_mut(|_| ())) {
        unordered::freed(block, other, at);
    }
}

fn hidden(block: BlockId) -> Rc<UnsafeCell<()>> {
    BLOCKS.with_borrow(|blocks| Rc::clone(&blocks[block.index()]))
}

/// The thread with which an access races, if it does: loom panics and names both threads.
pub(super) fn race(access: impl FnOnce()) -> Option<usize> {
    let payload = failure::ask(access).err()?;
    let text = failure::message(&*payload);
    let me = schedule::current();
    let threads = text.split("thread #").skip(1).filter_map(number);
    // loom's own thread is its first, the main thread its second.
    let mut others = threads.filter_map(|number| number.checked_sub(1));
    Some(others.find(|thread| *thread != me).unwrap_or(me))
}

fn number(text: &str) -> Option<usize> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    text[..digits].parse().ok()
}
