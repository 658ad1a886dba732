//! Calls from Rust code, which waits for the result.

use std::ptr::NonNull;

use super::{Entry, bind, make_function, write_words};
use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::dispatch::short::serve_requests;
use crate::eval::dispatch::{Ended, run};
use crate::eval::frame::{After, Frame, Word};
use crate::eval::{Args, Outcome};
use crate::refs::{Operand, Owned, Ref};
use crate::types::function::Function;
use crate::types::native::{MethodDescriptor, call_method, with_receiver};

impl Cx<'_> {
    /// Calls anything from Rust code.
    pub(crate) fn call(&self, target: Ref<'_>, args: Args<'_>) -> Outcome {
        if target.payload::<Function>().is_some() {
            return self.call_python(target, args);
        }
        match self.class_of(target).slot(|slots| slots.call) {
            Some(call) => self.nested(|| call(self, target, args)),
            None => {
                let kind = self.type_name(target);
                Err(self.type_error(format!("'{kind}' object is not callable")))
            }
        }
    }

    /// Calls what a class has under a name with a receiver, as `receiver.name(..)` would, without making a method.
    pub(crate) fn call_unbound(
        &self,
        found: Ref<'_>,
        receiver: Ref<'_>,
        args: Args<'_>,
    ) -> Outcome {
        if found.payload::<Function>().is_some() {
            return with_receiver(receiver, args, |args| self.call_python(found, args));
        }
        if found
            .payload::<MethodDescriptor>()
            .is_some_and(|method| !method.of_class)
        {
            return with_receiver(receiver, args, |args| {
                self.nested(|| call_method(self, found, args))
            });
        }
        match self.class_of(found).slot(|slots| slots.descr_get) {
            Some(get) => {
                let class = self.class_of(receiver).as_ref();
                let bound = get(self, found, Some(receiver), class)?;
                self.call(bound.borrow(), args)
            }
            None => self.call(found, args),
        }
    }

    /// Calls a method by name.
    pub(crate) fn call_method(&self, receiver: Ref<'_>, name: &str, args: &[Ref<'_>]) -> Outcome {
        let method = crate::eval::ops::attribute::get_str(self, receiver, name)?;
        self.call(method.borrow(), Args::positional(args))
    }

    /// Runs a function written in Python to its end.
    pub(crate) fn call_python(&self, target: Ref<'_>, args: Args<'_>) -> Outcome {
        // Rust code that calls for long without a loop in Python must not keep others from stopping the world.
        serve_requests(self);
        let function = target.payload::<Function>().expect("a function");
        let code = function.code();
        if args.names.is_empty() && code.simple_arguments == Some(args.positional.len() as u32) {
            return self.nested(|| self.run_simple(target, code, args.positional));
        }
        let words = bind::bind(self, target, code, args)?;
        self.nested(|| self.run_function(target, (code, words), None))
    }

    /// Runs a function that takes its arguments as they are.
    fn run_simple(&self, object: Ref<'_>, code: CodeRef, args: &[Ref<'_>]) -> Outcome {
        let base = self.free_words();
        self.check_room(base, code)?;
        for (index, value) in args.iter().enumerate() {
            // SAFETY: the caller's values stay until the call has ended, which is longer than the frame has them.
            let word = unsafe { Operand::lent(*value) };
            // SAFETY: the frame fits, and has as many slots as parameters.
            unsafe { base.add(index).write(Some(word)) };
        }
        self.run_above(object, code, base, args.len(), None)
    }

    /// Runs a function whose parameters have values, from Rust code.
    fn run_function(
        &self,
        object: Ref<'_>,
        (code, words): (CodeRef, Vec<Owned>),
        locals: Option<Owned>,
    ) -> Outcome {
        let base = self.free_words();
        self.check_room(base, code)?;
        let filled = words.len();
        write_words(base, words);
        self.run_above(object, code, base, filled, locals)
    }

    /// Runs a function whose first slots are filled, above all frames, where it fits.
    fn run_above(
        &self,
        object: Ref<'_>,
        code: CodeRef,
        base: NonNull<Word>,
        filled: usize,
        locals: Option<Owned>,
    ) -> Outcome {
        let entry = Entry {
            object,
            function: object.payload::<Function>().expect("a function"),
            code,
            slots: base,
            filled,
            result: base,
            locals,
            after: After::Leaves,
        };
        self.push_frame(entry.frame());
        match run(self)? {
            Ended::Returned(value) | Ended::Yielded(value) => Ok(value),
        }
    }

    /// The first word that no frame uses.
    pub(super) fn free_words(&self) -> NonNull<Word> {
        let frames = self.frames.borrow();
        frames
            .last()
            .map_or_else(|| self.stack.start(), Frame::limit)
    }

    /// Runs code in a dict of globals, with a mapping for its locals unless they lie in slots.
    pub(crate) fn run_code(
        &self,
        code: CodeRef,
        globals: Ref<'_>,
        locals: Option<Ref<'_>>,
        closure: Option<Owned>,
    ) -> Outcome {
        let function = make_function(self, code, globals, closure);
        if code.code.is_optimized() {
            return self.call(function.borrow(), Args::NONE);
        }
        let locals = locals.map(Ref::own);
        self.nested(|| self.run_function(function.borrow(), (code, Vec::new()), locals))
    }

    /// Runs the body of a class in its namespace; gives the cell of `__class__`, or `None`.
    pub(crate) fn run_class_body(&self, body: Ref<'_>, namespace: Ref<'_>) -> Outcome {
        match body.payload::<Function>() {
            Some(function) => {
                let start = (function.code(), Vec::new());
                self.nested(|| self.run_function(body, start, Some(namespace.own())))
            }
            None => Err(self.type_error("__build_class__: func must be a function")),
        }
    }

    /// `__name__` of the module whose code is running.
    pub(crate) fn current_module_name(&self) -> Option<Owned> {
        self.frames.borrow().last()?;
        let globals = self.globals();
        let name = self.world().names.name();
        crate::eval::ops::attribute::in_dict(self, globals.borrow(), name).ok()?
    }
}
