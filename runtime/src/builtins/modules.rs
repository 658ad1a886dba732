//! The modules `builtins`, `gc`, `sys` and `time`, and the list of all modules.

use crate::eval::context::{Context, RECURSION_LIMIT};
use crate::eval::other::{Native, Other};
use crate::eval::shared::ModuleMaker;
use crate::eval::types::TypeId;
use crate::eval::{Args, Outcome, convert};
use crate::objects::dict::{self, Dict};
use crate::objects::value::Value;
use crate::objects::{drain_merge_queue, float, gc, list};
use crate::sync::time;

use super::tables::{function, with_keywords};
use super::{define, install, threading};

/// Every module that can be imported.
pub(super) const MAKERS: &[(&str, ModuleMaker)] = &[
    ("builtins", builtins),
    ("gc", gc),
    ("sys", sys),
    ("threading", threading::module),
    ("time", time_module),
];

const GC: &[Native] = &[
    with_keywords(function("collect", 0, 1, collect)),
    function("get_count", 0, 0, get_count),
    function("enable", 0, 0, nothing),
    function("disable", 0, 0, nothing),
    function("isenabled", 0, 0, yes),
];

const SYS: &[Native] = &[
    function("exit", 0, 1, exit),
    function("_is_gil_enabled", 0, 0, no),
    function("getrecursionlimit", 0, 0, getrecursionlimit),
    function("getrefcount", 1, 1, getrefcount),
    function("intern", 1, 1, intern),
];

const TIME: &[Native] = &[
    function("perf_counter", 0, 0, perf_counter),
    function("perf_counter_ns", 0, 0, perf_counter_ns),
    function("monotonic", 0, 0, perf_counter),
    function("monotonic_ns", 0, 0, perf_counter_ns),
    function("time", 0, 0, time_),
    function("time_ns", 0, 0, time_ns),
    function("sleep", 1, 1, sleep),
];

fn install_all(cx: &Context<'_>, namespace: Value, natives: &[Native]) {
    for native in natives {
        install(cx.shared, cx.ts, namespace, *native);
    }
}

fn builtins(cx: &mut Context<'_>, namespace: Value) {
    let world = cx.world();
    if let (Some(target), Some(source)) = (
        namespace.downcast::<Dict>(),
        world.builtins.downcast::<Dict>(),
    ) {
        // Names are strings, and those have a hash.
        let _ = dict::update(cx.ts, target, source);
    }
}

fn nothing(_cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(Value::NONE)
}

fn yes(_cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(Value::TRUE)
}

fn no(_cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(Value::FALSE)
}

fn gc(cx: &mut Context<'_>, namespace: Value) {
    install_all(cx, namespace, GC);
}

/// Merges what other threads handed over, so that the dead among it go.
fn collect(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    drain_merge_queue(cx.ts);
    // While another thread collects there is nothing left to do, as under CPython.
    let found = gc::collect(cx.ts).unwrap_or(0);
    Ok(cx.int(found as i64))
}

fn get_count(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    let counts = [cx.int(0), cx.int(0), cx.int(0)];
    Ok(cx.tuple(&counts))
}

fn sys(cx: &mut Context<'_>, namespace: Value) {
    install_all(cx, namespace, SYS);
    let argv: Vec<Value> = cx.shared.argv.iter().map(|arg| cx.str(arg)).collect();
    define(cx, namespace, "argv", list::new(cx.ts, &argv));
    let version = [cx.int(3), cx.int(14), cx.int(0), cx.str("final"), cx.int(0)];
    define(cx, namespace, "version_info", cx.tuple(&version));
    define(
        cx,
        namespace,
        "version",
        cx.str("3.14.0 (raddle, free-threading)"),
    );
    define(cx, namespace, "maxsize", cx.int(i64::MAX));
    define(cx, namespace, "byteorder", cx.str("little"));
    define(cx, namespace, "modules", cx.world().modules);
    for (name, error) in [("stdout", false), ("stderr", true)] {
        define(cx, namespace, name, Other::Stream { error }.alloc(cx.ts));
    }
}

fn exit(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let args: Vec<Value> = args
        .positional
        .iter()
        .map(|value| cx.new_ref(*value))
        .collect();
    Err(cx.error_with(TypeId::SystemExit, &args))
}

fn getrecursionlimit(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(cx.int(RECURSION_LIMIT as i64))
}

fn getrefcount(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let count = args.positional[0]
        .as_header()
        .map(|header| header.count.snapshot());
    let shown = match count {
        Some(count) if !count.is_immortal() => count.total(),
        _ => i64::from(u32::MAX),
    };
    Ok(cx.int(shown))
}

fn intern(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let text = convert::text(cx, &args.positional[0], "intern() argument")?;
    Ok(cx.intern(text))
}

fn time_module(cx: &mut Context<'_>, namespace: Value) {
    install_all(cx, namespace, TIME);
}

fn perf_counter(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    let elapsed = cx.shared.clock.elapsed();
    Ok(float::new(cx.ts, elapsed.as_secs_f64()))
}

fn perf_counter_ns(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    let elapsed = cx.shared.clock.elapsed();
    Ok(cx.int(elapsed.as_nanos() as i64))
}

fn time_(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(float::new(cx.ts, time::since_epoch().as_secs_f64()))
}

fn time_ns(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(cx.int(time::since_epoch().as_nanos() as i64))
}

fn sleep(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let length = convert::real(cx, args.positional[0])?;
    if length < 0.0 {
        return Err(cx.value_error("sleep length must be non-negative"));
    }
    let length = threading::seconds(cx, length)?;
    cx.blocking(|| time::sleep(length));
    Ok(Value::NONE)
}
