//! Formatted string literals.

use ruff_python_ast::{
    ConversionFlag, ExprFString, FStringPart, InterpolatedElement, InterpolatedStringElement,
    InterpolatedStringElements,
};

use super::{Emitted, Emitter};
use crate::compile::code::Constant;
use crate::compile::instructions::{Conversion, Opcode};
use crate::syntax::Span;

/// Pieces of a string that is being put together: text not yet written, and how many pieces are on the stack.
#[derive(Default)]
struct Pieces {
    text: String,
    count: u32,
}

impl<'a> Emitter<'a> {
    pub(super) fn f_string(&mut self, string: &'a ExprFString) -> Emitted {
        let mut pieces = Pieces::default();
        for part in string.value.iter() {
            match part {
                FStringPart::Literal(literal) => pieces.text += literal.as_str(),
                FStringPart::FString(string) => self.elements(&string.elements, &mut pieces)?,
            }
        }
        self.join(pieces);
        Ok(())
    }

    fn elements(
        &mut self,
        elements: &'a InterpolatedStringElements,
        pieces: &mut Pieces,
    ) -> Emitted {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => pieces.text += literal,
                InterpolatedStringElement::Interpolation(field) => self.field(field, pieces)?,
            }
        }
        Ok(())
    }

    /// A replacement field.
    fn field(&mut self, field: &'a InterpolatedElement, pieces: &mut Pieces) -> Emitted {
        if let Some(debug) = &field.debug_text {
            pieces.text += debug.leading();
            pieces.text += debug.expression();
            pieces.text += debug.trailing();
        }
        self.flush(pieces);
        self.at(Span::of(field), |emitter| emitter.formatted(field))?;
        pieces.count += 1;
        Ok(())
    }

    fn formatted(&mut self, field: &'a InterpolatedElement) -> Emitted {
        self.expression(&field.expression)?;
        if let Some(conversion) = conversion(field) {
            self.emit(Opcode::ConvertValue, conversion as u32);
        }
        match &field.format_spec {
            None => self.op(Opcode::FormatSimple),
            Some(specification) => {
                let mut pieces = Pieces::default();
                self.elements(&specification.elements, &mut pieces)?;
                self.join(pieces);
                self.op(Opcode::FormatWithSpec);
            }
        }
        Ok(())
    }

    fn flush(&mut self, pieces: &mut Pieces) {
        if !pieces.text.is_empty() {
            self.constant(Constant::Str(std::mem::take(&mut pieces.text).into()));
            pieces.count += 1;
        }
    }

    fn join(&mut self, mut pieces: Pieces) {
        self.flush(&mut pieces);
        match pieces.count {
            0 => self.constant(Constant::Str("".into())),
            1 => {}
            count => self.emit(Opcode::BuildString, count),
        }
    }
}

/// `{x=}` shows the repr unless something else is asked for.
fn conversion(field: &InterpolatedElement) -> Option<Conversion> {
    match field.conversion {
        ConversionFlag::Str => Some(Conversion::Str),
        ConversionFlag::Repr => Some(Conversion::Repr),
        ConversionFlag::Ascii => Some(Conversion::Ascii),
        ConversionFlag::None => {
            let shows_repr = field.debug_text.is_some() && field.format_spec.is_none();
            shows_repr.then_some(Conversion::Repr)
        }
    }
}
