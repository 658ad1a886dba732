#!/usr/bin/env bash
# fast-check 4.11.0: `scheduler` orders the answers of functions, not what they do; two writes always happen in one order.
#
# The guess: a function that is wrapped by `scheduleFunction` runs when the scheduler picks it, so 300 runs show both orders
# of two writes, and two increments that end at 2 as well as at 1. The function runs at once when it is called; only its
# answer is held back. The answers come in every order, the last write is always the second one, and of two increments the
# right sum is never seen. A function that first awaits a scheduled promise of its own does run in every order.
#
# Needs node 18 or later and npm.
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund fast-check@4.11.0 > install.log 2>&1 || { cat install.log; exit 1; }
cat > look.mjs <<'JS'
import fc from "fast-check";

async function outcomes(name, run) {
  const seen = new Set();
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    seen.add(await run(scheduler));
  });
  await fc.assert(property, { numRuns: 300, seed: 7 });
  console.log(`${name}: ${[...seen].sort().join(" or ")}`);
}

await outcomes("the answers of two calls", async (scheduler) => {
  const answers = [];
  const ask = scheduler.scheduleFunction(async (name) => name);
  ask("a").then((name) => answers.push(name));
  ask("b").then((name) => answers.push(name));
  await scheduler.waitAll();
  return answers.join("");
});

await outcomes("the last of two writes", async (scheduler) => {
  let last;
  const write = scheduler.scheduleFunction(async (name) => {
    last = name;
  });
  write("a");
  write("b");
  await scheduler.waitAll();
  return last;
});

await outcomes("the last of two writes that wait first", async (scheduler) => {
  let last;
  const write = async (name) => {
    await scheduler.schedule(Promise.resolve());
    last = name;
  };
  write("a");
  write("b");
  await scheduler.waitAll();
  return last;
});

await outcomes("two increments", async (scheduler) => {
  let n = 0;
  const read = scheduler.scheduleFunction(async () => n);
  const write = scheduler.scheduleFunction(async (value) => {
    n = value;
  });
  const increment = async () => write((await read()) + 1);
  increment();
  increment();
  await scheduler.waitAll();
  return n;
});
JS
cat > expected <<'TEXT'
the answers of two calls: ab or ba
the last of two writes: b
the last of two writes that wait first: a or b
two increments: 1
TEXT
node look.mjs | tee seen
diff expected seen && echo "as written"
