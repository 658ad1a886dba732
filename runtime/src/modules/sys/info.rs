//! The attributes of `sys` that say what the interpreter is.

use crate::eval::cx::Cx;
use crate::refs::Owned;
use crate::types::struct_sequence::make;
use crate::types::{TypeId, simple_namespace};

/// The version of the language.
const VERSION: (i64, i64, i64) = (3, 14, 0);

/// The same as one number, with the mark of a final release.
const HEX_VERSION: i64 = VERSION.0 << 24 | VERSION.1 << 16 | VERSION.2 << 8 | 0xf0;

pub(super) fn fill(cx: &Cx, set: &dyn Fn(&str, Owned)) {
    let (major, minor, micro) = VERSION;
    set(
        "version",
        cx.str(&format!("{major}.{minor}.{micro} (Raddle, free-threading)")),
    );
    set("version_info", version(cx));
    set("hexversion", cx.int(HEX_VERSION));
    set("api_version", cx.int(1013));
    set("copyright", cx.str("Copyright (c) the Raddle authors."));
    set("maxsize", cx.int(i64::MAX));
    set("maxunicode", cx.int(0x10_ffff));
    set("byteorder", cx.str("little"));
    set("platform", cx.str(std::env::consts::OS));
    set("float_repr_style", cx.str("short"));
    set("abiflags", cx.str("t"));
    set("dont_write_bytecode", Owned::bool(true));
    set("warnoptions", cx.list(Vec::new()));
    set("meta_path", cx.list(Vec::new()));
    set("path_hooks", cx.list(Vec::new()));
    set("path_importer_cache", cx.dict());
    set("pycache_prefix", Owned::NONE);
    set("_xoptions", cx.dict());
    let strings = |texts: &[String]| cx.list(texts.iter().map(|text| cx.str(text)).collect());
    set("argv", strings(&cx.shared.argv));
    set("path", strings(&cx.shared.path));
    let all: Vec<String> = std::env::args_os()
        .map(|arg| arg.to_string_lossy().into_owned())
        .collect();
    set("orig_argv", strings(&all));
    let executable = std::env::current_exe().unwrap_or_default();
    set("executable", cx.str(&executable.to_string_lossy()));
    let prefix = executable.parent().unwrap_or(&executable);
    for name in ["prefix", "base_prefix", "exec_prefix", "base_exec_prefix"] {
        set(name, cx.str(&prefix.to_string_lossy()));
    }
    let implementation = vec![
        ("name", cx.str("raddle")),
        ("cache_tag", Owned::NONE),
        ("version", version(cx)),
        ("hexversion", cx.int(HEX_VERSION)),
    ];
    set("implementation", simple_namespace::new(cx, implementation));
    set("flags", flags(cx));
    set("float_info", float(cx));
    set("int_info", int(cx));
    set("hash_info", hash(cx));
    set("thread_info", thread(cx));
}

fn version(cx: &Cx) -> Owned {
    let (major, minor, micro) = VERSION;
    let parts = vec![
        cx.int(major),
        cx.int(minor),
        cx.int(micro),
        cx.str("final"),
        cx.int(0),
    ];
    make(cx, TypeId::VersionInfo, parts)
}

/// As without any option, but that nothing is cached.
fn flags(cx: &Cx) -> Owned {
    let mut parts: Vec<Owned> = (0..18).map(|_| cx.int(0)).collect();
    parts[4] = cx.int(1);
    parts[11] = cx.int(1);
    parts[13] = Owned::bool(false);
    parts[14] = cx.int(1);
    parts[16] = Owned::bool(false);
    parts[17] = cx.int(4300);
    make(cx, TypeId::Flags, parts)
}

fn float(cx: &Cx) -> Owned {
    let parts = vec![
        cx.float(f64::MAX),
        cx.int(f64::MAX_EXP.into()),
        cx.int(f64::MAX_10_EXP.into()),
        cx.float(f64::MIN_POSITIVE),
        cx.int(f64::MIN_EXP.into()),
        cx.int(f64::MIN_10_EXP.into()),
        cx.int(f64::DIGITS.into()),
        cx.int(f64::MANTISSA_DIGITS.into()),
        cx.float(f64::EPSILON),
        cx.int(f64::RADIX.into()),
        cx.int(1),
    ];
    make(cx, TypeId::FloatInfo, parts)
}

/// The digits of CPython's integers; programs print these numbers.
fn int(cx: &Cx) -> Owned {
    let parts = [30, 4, 4300, 640].map(|number| cx.int(number));
    make(cx, TypeId::IntInfo, parts.into())
}

fn hash(cx: &Cx) -> Owned {
    let parts = vec![
        cx.int(64),
        cx.int((1 << 61) - 1),
        cx.int(314_159),
        cx.int(0),
        cx.int(1_000_003),
        cx.str("siphash13"),
        cx.int(64),
        cx.int(128),
        cx.int(0),
    ];
    make(cx, TypeId::HashInfo, parts)
}

fn thread(cx: &Cx) -> Owned {
    let parts = vec![cx.str("pthread"), cx.str("parking lot"), Owned::NONE];
    make(cx, TypeId::ThreadInfo, parts)
}
