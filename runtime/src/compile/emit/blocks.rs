//! Blocks: what a jump out of a statement has to undo on its way.
//!
//! A block knows what it keeps on the stack and, if exceptions inside it are caught, its [`Region`]. Leaving through
//! `return`, `break` or `continue` writes each block's cleanup, innermost first, and none of that cleanup is covered by
//! the regions already left; so a region is a list of segments.

use ruff_python_ast::Stmt;

use super::{Emitted, Emitter, Label};
use crate::compile::code::Constant;
use crate::compile::instructions::Opcode;
use crate::syntax::Span;

/// CPython's limit on statements inside each other.
const MAX_BLOCKS: usize = 21;

/// A part of a region: exceptions in `start..end` go to the handler.
pub(super) struct Segment {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) handler: Label,
    pub(super) depth: u32,
}

/// Code whose exceptions are caught.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    start: u32,
    pub(super) handler: Label,
    depth: u32,
}

/// A statement that is being written.
#[derive(Clone, Copy)]
pub(super) enum Block<'a> {
    /// `for` or `while`; a `for` keeps its iterator.
    Loop {
        start: Label,
        end: Label,
        keeps_iterator: bool,
    },
    /// The body of a `try` with handlers.
    Try { region: Region },
    /// What a `finally` follows.
    Finally { region: Region, body: &'a [Stmt] },
    /// The copy of a `finally` that runs on an exception; keeps the previous one and that one.
    FinallyCopy { region: Region },
    /// An `except` clause; keeps the previous exception.
    Handler { region: Region },
    /// The body of `except .. as name`.
    HandlerName { region: Region, name: &'a str },
    /// The body of a `with`; keeps the manager's exit.
    With {
        region: Region,
        span: Span,
        is_async: bool,
    },
    /// The body of an `except*` clause.
    Group { region: Region },
    /// Not a statement: the value that a `return` carries out.
    Value,
}

impl Block<'_> {
    fn region(&mut self) -> Option<&mut Region> {
        match self {
            Block::Try { region }
            | Block::Finally { region, .. }
            | Block::FinallyCopy { region }
            | Block::Handler { region }
            | Block::HandlerName { region, .. }
            | Block::Group { region }
            | Block::With { region, .. } => Some(region),
            Block::Loop { .. } | Block::Value => None,
        }
    }

    /// Whether it runs code when it is left.
    fn runs_code(&self) -> bool {
        matches!(
            self,
            Block::Finally { .. } | Block::HandlerName { .. } | Block::With { .. }
        )
    }
}

impl<'a> Emitter<'a> {
    /// A region that starts here; its handler keeps all operands but this many.
    pub(super) fn region(&mut self, dropped: u32) -> Region {
        let handler = self.label();
        Region {
            start: self.here(),
            handler,
            depth: self.depth.unwrap_or_default().saturating_sub(dropped),
        }
    }

    /// Ends a region, unless it covers nothing.
    pub(super) fn close(&mut self, region: Region) {
        let Region {
            start,
            handler,
            depth,
        } = region;
        let end = self.here();
        if start == end {
            return;
        }
        self.leads_to(handler, depth + 1);
        self.segments.push(Segment {
            start,
            end,
            handler,
            depth,
        });
    }

    pub(super) fn enter(&mut self, block: Block<'a>) -> Emitted {
        if self.blocks.len() == MAX_BLOCKS {
            return self.error("too many statically nested blocks");
        }
        self.blocks.push(block);
        Ok(())
    }

    /// Whether leaving the body from here runs code that may change locals.
    pub(super) fn leaving_runs_code(&self) -> bool {
        self.blocks.iter().any(Block::runs_code)
    }

    /// Ends the innermost block and its region; the caller writes what belongs after it.
    pub(super) fn leave(&mut self) {
        if let Some(region) = self
            .blocks
            .pop()
            .and_then(|mut block| block.region().copied())
        {
            self.close(region);
        }
    }

    /// Writes code that the innermost block does not cover.
    pub(super) fn uncovered(&mut self, write: impl FnOnce(&mut Self)) {
        let Some(mut block) = self.blocks.pop() else {
            return write(self);
        };
        if let Some(region) = block.region() {
            self.close(*region);
        }
        write(self);
        self.reopen(block);
    }

    fn reopen(&mut self, mut block: Block<'a>) {
        let here = self.here();
        if let Some(region) = block.region() {
            region.start = here;
        }
        self.blocks.push(block);
    }

    /// Leaves all blocks above the first `remaining`, writes `exit`, and goes on as if nothing had been left.
    pub(super) fn exit_through(
        &mut self,
        remaining: usize,
        with_value: bool,
        exit: impl FnOnce(&mut Self),
    ) -> Emitted {
        let mut left = Vec::new();
        while self.blocks.len() > remaining {
            let Some(mut block) = self.blocks.pop() else {
                break;
            };
            if let Some(region) = block.region() {
                self.close(*region);
            }
            self.clean_up(block, with_value)?;
            left.push(block);
        }
        exit(self);
        while let Some(block) = left.pop() {
            self.reopen(block);
        }
        Ok(())
    }

    fn clean_up(&mut self, block: Block<'a>, with_value: bool) -> Emitted {
        match block {
            Block::Loop {
                keeps_iterator: true,
                ..
            } => self.drop_under(with_value, Opcode::PopTop),
            Block::Finally { body, .. } => return self.finally_inline(body, with_value),
            Block::FinallyCopy { .. } => {
                self.drop_under(with_value, Opcode::PopTop);
                self.drop_under(with_value, Opcode::PopExcept);
            }
            Block::Handler { .. } => self.drop_under(with_value, Opcode::PopExcept),
            Block::HandlerName { name, .. } => return self.forget_name(name),
            Block::Group { .. } => {
                return self
                    .error("'break', 'continue' and 'return' cannot appear in an 'except*' block");
            }
            Block::Value => self.drop_under(with_value, Opcode::PopTop),
            Block::With { span, is_async, .. } => {
                if with_value {
                    self.emit(Opcode::Swap, 2);
                }
                self.at(span, |emitter| emitter.call_exit(is_async));
            }
            Block::Loop { .. } | Block::Try { .. } => {}
        }
        Ok(())
    }

    /// Consumes the top operand, or the one under the value that is carried out.
    fn drop_under(&mut self, with_value: bool, opcode: Opcode) {
        if with_value {
            self.emit(Opcode::Swap, 2);
        }
        self.op(opcode);
    }

    fn finally_inline(&mut self, body: &'a [Stmt], with_value: bool) -> Emitted {
        if !with_value {
            return self.body(body);
        }
        self.enter(Block::Value)?;
        self.body(body)?;
        self.leave();
        Ok(())
    }

    /// The name of an `except` clause is unbound at its end.
    pub(super) fn forget_name(&mut self, name: &str) -> Emitted {
        self.constant(Constant::None);
        self.store(name)?;
        self.delete(name)
    }

    /// Position and labels of the innermost loop, if one is around in this function.
    pub(super) fn innermost_loop(&self) -> Option<(usize, Label, Label)> {
        let position = self
            .blocks
            .iter()
            .rposition(|block| matches!(block, Block::Loop { .. }))?;
        match self.blocks[position] {
            Block::Loop { start, end, .. } => Some((position, start, end)),
            _ => None,
        }
    }
}
