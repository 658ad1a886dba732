//! Calls: positional arguments, keywords, and unpacked ones.

use ruff_python_ast::{Expr, ExprAttribute, ExprCall, Keyword};

use super::{Emitted, Emitter};
use crate::compile::code::Constant;
use crate::compile::instructions::Opcode;
use crate::syntax::{Span, SyntaxError};

impl<'a> Emitter<'a> {
    pub(super) fn call(&mut self, call: &'a ExprCall) -> Emitted {
        let (args, keywords) = (&call.arguments.args, &call.arguments.keywords);
        refuse_repeated(keywords)?;
        let unpacks =
            args.iter().any(Expr::is_starred_expr) || keywords.iter().any(|k| k.arg.is_none());
        match &*call.func {
            Expr::Attribute(method) if !unpacks && keywords.is_empty() => {
                self.call_method(method, args)
            }
            func => {
                self.expression(func)?;
                match (unpacks, keywords.is_empty()) {
                    (true, _) => self.call_unpacking(args, keywords),
                    (false, true) => self.call_positional(args),
                    (false, false) => self.call_with_keywords(args, keywords),
                }
            }
        }
    }

    fn call_positional(&mut self, args: &'a [Expr]) -> Emitted {
        args.iter().try_for_each(|arg| self.expression(arg))?;
        self.emit(Opcode::Call, args.len() as u32);
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

    fn call_with_keywords(&mut self, args: &'a [Expr], keywords: &'a [Keyword]) -> Emitted {
        args.iter().try_for_each(|arg| self.expression(arg))?;
        keywords
            .iter()
            .try_for_each(|keyword| self.expression(&keyword.value))?;
        let names = keywords.iter().filter_map(|keyword| keyword.arg.as_deref());
        self.constant(Constant::Tuple(
            names.map(|name| Constant::Str(name.into())).collect(),
        ));
        self.emit(Opcode::CallKw, (args.len() + keywords.len()) as u32);
        Ok(())
    }

    fn call_unpacking(&mut self, args: &'a [Expr], keywords: &'a [Keyword]) -> Emitted {
        match args {
            // A single star is left to the call, which can then name the function in its complaint.
            [Expr::Starred(starred)] => self.expression(&starred.value)?,
            _ => {
                self.list_with_stars(args)?;
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

fn refuse_repeated(keywords: &[Keyword]) -> Emitted {
    for (index, keyword) in keywords.iter().enumerate() {
        let Some(name) = &keyword.arg else { continue };
        let is_same = |other: &Keyword| other.arg.as_deref() == Some(name.as_str());
        let repeated = keywords[..index].iter().any(is_same);
        if repeated {
            let message = format!("keyword argument repeated: {name}");
            return Err(SyntaxError::new(message, Span::of(keyword)));
        }
    }
    Ok(())
}
