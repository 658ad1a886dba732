//! Frames: where each call keeps its slots and operands, and the cursor that the dispatch loop moves.
//!
//! One stack of words per thread, which never moves. A frame's slots start where its caller pushed the arguments, so
//! that a call copies nothing; an argument that the caller only borrows stays borrowed in the callee's slot, since the
//! caller's frame outlasts it. The compiler has checked how deep each function's operands go; entering a frame makes
//! sure that so many words are there. That is Invariant 1, and the only one: *a running frame has room for its slots
//! and for its operands at their deepest*.

use std::ptr::NonNull;

use crate::compile::Instruction;
use crate::eval::code::CodeRef;
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::refs::{Operand, Owned, Ref};
use crate::sync::event;

/// A place for a value: a slot or an operand. Nothing in a slot is an unbound variable.
pub(crate) type Word = Option<Operand>;

/// Words per thread; untouched ones cost address space only.
const WORDS: usize = 1 << 20;

/// The stack of one thread.
pub(in crate::eval) struct Stack {
    words: NonNull<Word>,
    capacity: usize,
}

impl Stack {
    pub(in crate::eval) fn new() -> Self {
        let mut words: Vec<Word> = Vec::with_capacity(WORDS);
        let capacity = words.capacity();
        let start = NonNull::from(words.spare_capacity_mut()).cast();
        std::mem::forget(words);
        Self {
            words: start,
            capacity,
        }
    }

    pub(in crate::eval) fn start(&self) -> NonNull<Word> {
        self.words
    }

    /// Whether `size` words are left from `base`, which is on this stack.
    #[inline]
    pub(in crate::eval) fn fits(&self, base: NonNull<Word>, size: usize) -> bool {
        let used = (base.addr().get() - self.words.addr().get()) / size_of::<Word>();
        used + size <= self.capacity
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: `new` took these words from a vector of this capacity. Values are plain words.
        drop(unsafe { Vec::from_raw_parts(self.words.as_ptr(), 0, self.capacity) });
    }
}

/// A call that has not returned.
pub(crate) struct Frame {
    pub(crate) code: CodeRef,
    /// The function, borrowed from whoever called it.
    pub(in crate::eval) function: Value,
    /// The dict of the module, borrowed from the function.
    pub(in crate::eval) globals: Value,
    /// The names of a class body, or of code that `exec` runs.
    pub(in crate::eval) locals: Option<Owned>,
    /// The first word that is given back on return; the result goes there.
    pub(in crate::eval) result: NonNull<Word>,
    /// Where to go on, while a call that this frame made is running.
    pub(in crate::eval) cursor: Cursor,
    pub(in crate::eval) after: After,
    /// The object that stands for the frame, once somebody asked for it.
    pub(in crate::eval) object: Option<Owned>,
    /// Where it was when Rust code that it called entered another frame, or nothing.
    pub(in crate::eval) passing: Passing,
}

/// What becomes of the value that a frame returns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::eval) enum After {
    /// It is the result, for the frame below.
    Result,
    /// The same, for Rust code that waits for it.
    Leaves,
    /// It must be nothing: the frame initialises a new object, which lies where the result goes, and is the result.
    Makes,
    /// It is the result of an operator, as an instruction gives it, whose operands lie from there on, unless it says
    /// that there is none.
    Operates(u8),
}

/// A place behind the instruction that is done, for whoever asks for its line. It may be one of another frame's code.
#[derive(Clone, Copy, Default)]
pub(in crate::eval) struct Passing(Option<NonNull<Instruction>>);

impl Passing {
    /// The index of the instruction, if it is one of the code's.
    pub(in crate::eval) fn index(self, code: CodeRef) -> Option<u32> {
        let start = NonNull::from(&code.code.instructions[0]).addr().get();
        let bytes = self.0?.addr().get().checked_sub(start)?;
        let behind = bytes / size_of::<Instruction>();
        let is_inside = (1..=code.code.instructions.len()).contains(&behind);
        is_inside.then(|| behind as u32 - 1)
    }
}

impl Frame {
    /// Whether it returns to Rust code rather than to the frame below.
    pub(in crate::eval) fn is_entry(&self) -> bool {
        self.after == After::Leaves
    }

    /// Whether it is a call of this function.
    pub(crate) fn runs(&self, function: Ref<'_>) -> bool {
        self.function == function.value()
    }

    /// The object that stands for it, if there is one by now.
    pub(crate) fn object(&self) -> Option<&Owned> {
        self.object.as_ref()
    }

    /// Sets it, once.
    pub(crate) fn set_object(&mut self, object: Owned) {
        self.object = Some(object);
    }

    /// The first word behind the frame.
    pub(in crate::eval) fn limit(&self) -> NonNull<Word> {
        // SAFETY: Invariant 1.
        unsafe { self.cursor.slots.add(self.code.frame_size) }
    }

    /// Where the loop goes on in this frame.
    #[inline(always)]
    pub(in crate::eval) fn top<'a>(&self) -> Top<'a> {
        Top {
            cursor: self.cursor,
            code: self.code,
            // SAFETY: the function, which owns the dict, outlasts its frame; the loop uses it for this frame only.
            globals: unsafe { Ref::from_value(self.globals) },
        }
    }
}

/// What the dispatch loop keeps of the frame that runs.
#[derive(Clone, Copy)]
pub(in crate::eval) struct Top<'a> {
    pub(in crate::eval) cursor: Cursor,
    pub(in crate::eval) code: CodeRef,
    pub(in crate::eval) globals: Ref<'a>,
}

/// Where a frame is: its next instruction, its operands, its slots.
#[derive(Clone, Copy)]
pub(in crate::eval) struct Cursor {
    next: NonNull<Instruction>,
    /// The first free word.
    top: NonNull<Word>,
    slots: NonNull<Word>,
}

impl Cursor {
    /// The start of a frame whose slots are filled.
    #[inline(always)]
    pub(in crate::eval) fn at_start(code: CodeRef, slots: NonNull<Word>) -> Self {
        // SAFETY: Invariant 1.
        let top = unsafe { slots.add(code.code.slots.len()) };
        Self {
            next: NonNull::from(&code.code.instructions[0]),
            top,
            slots,
        }
    }

    /// A place in a frame with so many words, slots among them, before an instruction.
    pub(in crate::eval) fn at(
        code: CodeRef,
        slots: NonNull<Word>,
        words: usize,
        instruction: u32,
    ) -> Self {
        // SAFETY: Invariant 1: the frame had so many words before; the instruction is one of the code's.
        unsafe {
            Self {
                next: NonNull::from(&code.code.instructions[0]).add(instruction as usize),
                top: slots.add(words),
                slots,
            }
        }
    }

    /// How many words lie between the first slot and the top.
    pub(in crate::eval) fn words(&self, slots: NonNull<Word>) -> usize {
        (self.top.addr().get() - slots.addr().get()) / size_of::<Word>()
    }

    /// The first slot.
    pub(in crate::eval) fn slots(&self) -> NonNull<Word> {
        self.slots
    }

    /// The next instruction.
    #[inline(always)]
    pub(in crate::eval) fn fetch(&mut self) -> Instruction {
        event::fetched(self.next.as_ptr());
        // SAFETY: the compiler checked that control never runs off the end of the code.
        unsafe {
            let instruction = self.next.read();
            self.next = self.next.add(1);
            instruction
        }
    }

    /// Where it is, for whoever asks for the line.
    #[inline(always)]
    pub(in crate::eval) fn passing(&self) -> Passing {
        Passing(Some(self.next))
    }

    /// Passes over an instruction, which was done with the one before it.
    #[inline(always)]
    pub(in crate::eval) fn pass_over(&mut self) {
        // SAFETY: as for `fetch`.
        self.next = unsafe { self.next.add(1) };
    }

    /// Index of the instruction that was fetched last.
    pub(in crate::eval) fn index(&self, code: CodeRef) -> u32 {
        let start = NonNull::from(&code.code.instructions[0]).addr().get();
        ((self.next.addr().get() - start) / size_of::<Instruction>()) as u32 - 1
    }

    /// Whether no instruction was fetched yet.
    pub(in crate::eval) fn is_at_start(&self, code: CodeRef) -> bool {
        self.next == NonNull::from(&code.code.instructions[0])
    }

    #[inline(always)]
    pub(in crate::eval) fn jump(&mut self, code: CodeRef, target: u32) {
        debug_assert!((target as usize) < code.code.instructions.len());
        // SAFETY: the compiler checked that every jump lands on an instruction.
        self.next = unsafe { NonNull::from(&code.code.instructions[0]).add(target as usize) };
    }

    #[inline(always)]
    pub(in crate::eval) fn push(&mut self, value: Owned) {
        self.push_word(Some(value.into()));
    }

    #[inline(always)]
    pub(in crate::eval) fn push_operand(&mut self, operand: Operand) {
        self.push_word(Some(operand));
    }

    #[inline(always)]
    pub(in crate::eval) fn push_word(&mut self, word: Word) {
        // SAFETY: Invariant 1.
        unsafe {
            self.top.write(word);
            self.top = self.top.add(1);
        }
    }

    #[inline(always)]
    pub(in crate::eval) fn pop(&mut self) -> Operand {
        match self.pop_word() {
            Some(value) => value,
            // SAFETY: only LOAD_METHOD pushes a gap, and only CALL_METHOD takes it.
            None => unsafe { std::hint::unreachable_unchecked() },
        }
    }

    #[inline(always)]
    pub(in crate::eval) fn pop_word(&mut self) -> Word {
        // SAFETY: the compiler checked that no instruction pops more than was pushed.
        unsafe {
            self.top = self.top.sub(1);
            self.top.read()
        }
    }

    /// The word at a position counted from the top, 1 being the top itself, lent for as long as it stays there.
    #[inline(always)]
    pub(in crate::eval) fn peek_word<'a>(&self, position: usize) -> Option<Ref<'a>> {
        // SAFETY: as for `pop_word`; the frame keeps what the word holds while it is there.
        unsafe { self.top.sub(position).as_ref() }
            .as_ref()
            .map(Operand::borrow)
    }

    /// The value at a position counted from the top.
    #[inline(always)]
    pub(in crate::eval) fn peek<'a>(&self, position: usize) -> Ref<'a> {
        match self.peek_word(position) {
            Some(value) => value,
            // SAFETY: as for `pop`.
            None => unsafe { std::hint::unreachable_unchecked() },
        }
    }

    /// Takes the operand at a position out and leaves another.
    #[inline(always)]
    pub(in crate::eval) fn exchange(&mut self, position: usize, operand: Operand) -> Word {
        // SAFETY: as for `pop_word`.
        unsafe { self.top.sub(position).replace(Some(operand)) }
    }

    /// Whether the operand at a position counted from the top is a reference of its own.
    #[inline(always)]
    pub(in crate::eval) fn owns(&self, position: usize) -> bool {
        // SAFETY: as for `pop_word`.
        let word = unsafe { self.top.sub(position).as_ref() };
        word.as_ref().is_some_and(|operand| !operand.is_borrowed())
    }

    /// The place of the operand at a position counted from the top.
    #[inline(always)]
    pub(in crate::eval) fn place(&self, position: usize) -> NonNull<Word> {
        // SAFETY: as for `pop_word`.
        unsafe { self.top.sub(position) }
    }

    /// Gives back the operands from the top down to a place.
    #[inline(always)]
    pub(in crate::eval) fn drop_down_to(&mut self, ts: &ThreadState, place: NonNull<Word>) {
        while self.top > place {
            if let Some(word) = self.pop_word() {
                word.discard(ts);
            }
        }
    }

    /// Forgets the operands from a place on; their references were taken over.
    #[inline(always)]
    pub(in crate::eval) fn cut(&mut self, place: NonNull<Word>) {
        self.top = place;
    }

    /// The top values, the last being the top, borrowed from the stack.
    #[inline(always)]
    pub(in crate::eval) fn values<'a>(&self, count: usize) -> &'a [Ref<'a>] {
        // SAFETY: as for `pop_word`. The words are values and not gaps, which a `Ref` can be made of as it is, and they
        // stay while the frame does not run.
        unsafe { std::slice::from_raw_parts(self.top.sub(count).cast::<Ref<'a>>().as_ptr(), count) }
    }

    /// The top values, the last being the top, as references that whoever takes them off the stack takes over.
    #[inline(always)]
    pub(in crate::eval) fn take_values<'a>(&mut self, count: usize) -> &'a [Value] {
        let first = self.place(count);
        for index in 0..count {
            // SAFETY: as for `pop_word`; the words are values and not gaps, and each goes back to its place.
            unsafe {
                let place = first.add(index);
                place.write(place.read().map(|operand| operand.into_owned().into()));
            }
        }
        self.cut(first);
        // SAFETY: a word that owns its value is that value; nothing is pushed before the caller has used them.
        unsafe { std::slice::from_raw_parts(first.cast::<Value>().as_ptr(), count) }
    }

    #[inline(always)]
    pub(in crate::eval) fn slot<'a>(&self, index: u32) -> Option<Ref<'a>> {
        // SAFETY: Invariant 1; the compiler's slot numbers are below the number of slots. What a slot holds stays until
        // the frame itself changes it.
        unsafe { self.slots.add(index as usize).as_ref() }
            .as_ref()
            .map(Operand::borrow)
    }

    /// Puts a word into a slot and gives the old one back.
    #[inline(always)]
    pub(in crate::eval) fn replace_slot(&mut self, index: u32, word: Word) -> Word {
        // SAFETY: as for `slot`.
        unsafe { self.slots.add(index as usize).replace(word) }
    }

    /// Operands that the frame has.
    pub(in crate::eval) fn depth(&self, code: CodeRef) -> usize {
        let words = (self.top.addr().get() - self.slots.addr().get()) / size_of::<Word>();
        words - code.code.slots.len()
    }

    /// The first free word.
    #[inline(always)]
    pub(in crate::eval) fn top(&self) -> NonNull<Word> {
        self.top
    }
}
