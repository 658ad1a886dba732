//! Calls: positional arguments, keywords, and unpacked ones.

use ruff_python_ast::{Expr, ExprAttribute, ExprCall, Keyword};

use super::{Emitted, Emitter};
use crate::compile::code::Constant;
use crate::compile::instructions::Opcode;
use crate::syntax::{Span, SyntaxError};

impl<'a> Emitter<'a> {
    pub(super) fn call(&mut self, call: &'a ExprCall) -> Emitted {
        let (args, keywords) = (&call.arguments.args, &call.arguments.keywords);
        self.warn_call(&call.func);
        match &*call.func {
            Expr::Attribute(method) if !unpacks(args, keywords) && keywords.is_empty() => {
                self.call_method(method, args)
            }
            func => {
                self.expression(func)?;
                self.call_with(0, args, None, keywords)
            }
        }
    }

    /// Calls with arguments that are written; `first` arguments before them are on the stack. A variable of the
    /// compiler's may come after the positional ones.
    pub(super) fn call_with(
        &mut self,
        first: u32,
        args: &'a [Expr],
        last: Option<&str>,
        keywords: &'a [Keyword],
    ) -> Emitted {
        refuse_repeated(keywords)?;
        if unpacks(args, keywords) {
            return self.call_unpacking(first, args, last, keywords);
        }
        args.iter().try_for_each(|arg| self.expression(arg))?;
        last.into_iter().for_each(|name| self.load(name));
        let count = first + args.len() as u32 + last.is_some() as u32;
        if keywords.is_empty() {
            self.emit(Opcode::Call, count);
            return Ok(());
        }
        keywords
            .iter()
            .try_for_each(|keyword| self.expression(&keyword.value))?;
        self.texts(keywords.iter().filter_map(|each| each.arg.as_deref()));
        self.emit(Opcode::CallKw, count + keywords.len() as u32);
        Ok(())
    }

    fn call_method(&mut self, method: &'a ExprAttribute, args: &'a [Expr]) -> Emitted {
        self.expression(&method.value)?;
        let name = self.attribute_span(method);
        self.at(name, |emitter| {
            emitter.emit_name(Opcode::LoadMethod, &method.attr)
        });
        args.iter().try_for_each(|arg| self.expression(arg))?;
        let span = Span {
            start: name.start,
            end: self.span.end,
        };
        self.emit_at(span, Opcode::CallMethod, args.len() as u32);
        Ok(())
    }

    fn call_unpacking(
        &mut self,
        first: u32,
        args: &'a [Expr],
        last: Option<&str>,
        keywords: &'a [Keyword],
    ) -> Emitted {
        match args {
            // A single star is left to the call, which can then name the function in its complaint.
            [Expr::Starred(starred)] if first == 0 && last.is_none() => {
                self.expression(&starred.value)?
            }
            _ => {
                self.list_with_stars(first, args)?;
                if let Some(name) = last {
                    self.load(name);
                    self.emit(Opcode::ListAppend, 1);
                }
                self.op(Opcode::ListToTuple);
            }
        }
        match keywords.is_empty() {
            true => self.constant(Constant::None),
            false => self.keyword_dict(keywords)?,
        }
        self.op(Opcode::CallEx);
        Ok(())
    }

    /// The keywords as a dict, with `**mapping` merged in.
    fn keyword_dict(&mut self, keywords: &'a [Keyword]) -> Emitted {
        self.emit(Opcode::BuildMap, 0);
        for keyword in keywords {
            let Some(name) = &keyword.arg else {
                self.expression(&keyword.value)?;
                self.emit(Opcode::DictMerge, 1);
                continue;
            };
            self.constant(Constant::Str(name.as_str().into()));
            self.expression(&keyword.value)?;
            self.emit(Opcode::BuildMap, 1);
            self.emit(Opcode::DictMerge, 1);
        }
        Ok(())
    }
}

fn unpacks(args: &[Expr], keywords: &[Keyword]) -> bool {
    args.iter().any(Expr::is_starred_expr) || keywords.iter().any(|each| each.arg.is_none())
}

fn refuse_repeated(keywords: &[Keyword]) -> Emitted {
    for (index, keyword) in keywords.iter().enumerate() {
        let Some(name) = &keyword.arg else { continue };
        if name == "__debug__" {
            let message = "cannot assign to __debug__";
            return Err(SyntaxError::new(message, Span::of(keyword)));
        }
        let is_same = |other: &Keyword| other.arg.as_deref() == Some(name.as_str());
        let repeated = keywords[..index].iter().any(is_same);
        if repeated {
            let message = format!("keyword argument repeated: {name}");
            return Err(SyntaxError::new(message, Span::of(keyword)));
        }
    }
    Ok(())
}
