//! Code as text, and the reference of the instruction set; both read the table.

use std::fmt::Write;

use crate::compile::code::{Code, Constant};
use crate::compile::instructions::{Instruction, Opcode};
use crate::compile::operands::{
    BinaryOperator, CompareJump, Comparison, Conversion, IN_PLACE, Operand, Pair, function_parts,
};

/// The instructions of some code and of the functions in it, one per line.
pub fn disassemble(code: &Code) -> String {
    let mut out = format!("{}:\n", code.qualified_name);
    for (index, instruction) in code.instructions.iter().enumerate() {
        let mnemonic = instruction.opcode().mnemonic();
        let line = format!("{index:>4} {mnemonic:<22} {}", operand(code, *instruction));
        let _ = writeln!(out, "{}", line.trim_end());
    }
    for handler in &code.handlers {
        let (start, end) = (handler.start, handler.end);
        let _ = writeln!(
            out,
            "     {start}..{end} -> {} keeping {}",
            handler.target, handler.depth
        );
    }
    for nested in &code.nested {
        out += &disassemble(nested);
    }
    out
}

fn operand(code: &Code, instruction: Instruction) -> String {
    let operand = instruction.operand();
    match instruction.opcode().row().operand {
        Operand::None => String::new(),
        Operand::Count => operand.to_string(),
        Operand::Constant => constant(&code.constants[operand as usize]),
        Operand::Slot => code.slots[operand as usize].name.to_string(),
        Operand::Slots => pair(code, Pair::decode(operand)),
        Operand::SlotConstant => slot_constant(code, Pair::decode(operand)),
        Operand::Name => code.names[operand as usize].to_string(),
        Operand::Target => format!("-> {operand}"),
        Operand::Binary => binary(operand),
        Operand::Compare => Comparison::decode(operand).symbol().into(),
        Operand::CompareTarget => compare_jump(CompareJump::decode(operand)),
        Operand::Invert => if operand == 0 { "" } else { "not" }.into(),
        Operand::Unpack => format!("{} * {}", operand & 0xff, operand >> 8),
        Operand::Conversion => Conversion::decode(operand).symbol().into(),
        Operand::Interpolation => interpolation(operand),
        Operand::Function => function(code, operand),
    }
}

fn pair(code: &Code, pair: Pair) -> String {
    let [first, second] = [pair.first, pair.second].map(|slot| &code.slots[slot as usize].name);
    format!("{first}, {second}")
}

fn slot_constant(code: &Code, pair: Pair) -> String {
    let slot = &code.slots[pair.first as usize].name;
    format!(
        "{slot}, {}",
        constant(&code.constants[pair.second as usize])
    )
}

fn binary(operand: u32) -> String {
    let symbol = BinaryOperator::decode(operand).symbol();
    match operand & IN_PLACE {
        0 => symbol.into(),
        _ => format!("{symbol}="),
    }
}

fn compare_jump(jump: CompareJump) -> String {
    let not = if jump.when { "" } else { "not " };
    format!("{not}{} -> {}", jump.comparison.symbol(), jump.target)
}

fn interpolation(operand: u32) -> String {
    let conversion = match (operand >> 1).checked_sub(1) {
        None => "",
        Some(conversion) => Conversion::decode(conversion).symbol(),
    };
    let specification = if operand & 1 == 0 { "" } else { ":" };
    format!("{conversion}{specification}")
}

fn function(code: &Code, operand: u32) -> String {
    let names = [
        (function_parts::DEFAULTS, "defaults"),
        (function_parts::KEYWORD_DEFAULTS, "keyword defaults"),
        (function_parts::ANNOTATIONS, "annotations"),
        (function_parts::ANNOTATE, "annotate"),
        (function_parts::CLOSURE, "closure"),
    ];
    let parts: Vec<&str> = names
        .iter()
        .filter(|(bit, _)| operand & bit != 0)
        .map(|(_, name)| *name)
        .collect();
    let name = &code.nested[(operand >> function_parts::BITS) as usize].qualified_name;
    match parts.is_empty() {
        true => name.to_string(),
        false => format!("{name} with {}", parts.join(", ")),
    }
}

/// A constant as Python would write it, nearly: strings are quoted in Rust's way.
fn constant(constant: &Constant) -> String {
    match constant {
        Constant::None => "None".into(),
        Constant::Bool(true) => "True".into(),
        Constant::Bool(false) => "False".into(),
        Constant::Ellipsis => "...".into(),
        Constant::Int(value) => value.to_string(),
        Constant::BigInt(value) => value.to_string(),
        Constant::Float(value) => format!("{value:?}"),
        Constant::Str(value) => format!("{value:?}"),
        Constant::Wtf8(value) => format!("\"{}\"", value.escape_ascii()),
        Constant::Bytes(value) => format!("b\"{}\"", value.escape_ascii()),
        Constant::Tuple(items) => {
            let items: Vec<String> = items.iter().map(self::constant).collect();
            format!("({})", items.join(", "))
        }
        Constant::Slice(parts) => {
            let parts = parts.each_ref().map(self::constant);
            format!("slice({})", parts.join(", "))
        }
        Constant::Complex(real, imaginary) => format!("{real:?}+{imaginary:?}j"),
        Constant::FrozenSet(items) => {
            let items: Vec<String> = items.iter().map(self::constant).collect();
            format!("frozenset({})", items.join(", "))
        }
    }
}

/// The instruction set as a table in Markdown.
pub fn reference() -> String {
    let mut out = String::from("| instruction | operand | what it does |\n|---|---|---|\n");
    for opcode in Opcode::ALL {
        let row = opcode.row();
        let operand = match row.operand {
            Operand::None => String::new(),
            other => format!("{other:?}"),
        };
        let _ = writeln!(out, "| {} | {operand} | {} |", opcode.mnemonic(), row.doc);
    }
    out
}
