// SPDX-License-Identifier: GPL-3.0-or-later
//
// What calls through cockatiel and opossum cost: prints lines for peer_results.h.
// Run by tests/bench/run, where both are installed, with --expose-gc and a young generation that holds a repetition.
import { readFileSync } from 'node:fs';
import * as cockatiel from 'cockatiel';
import CircuitBreaker from 'opossum';

const REPETITIONS = 15;
const CALLS = 10000;
const WARM_UP = 30000;

const nothing = async () => 1;
const ignore = () => {};
const lines = [];

function versionOf(name) {
  const manifest = new URL(`./node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}

// Per call, in ns. Both clocks can only be too high, by other programs or by helper threads: the lower one counts.
async function repetition(calls) {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  await calls(CALLS);
  const wall = Number(process.hrtime.bigint() - start);
  const used = process.cpuUsage(cpu);
  return Math.min(wall, (used.user + used.system) * 1000) / CALLS;
}

// Bytes of heap per call; none when the collector ran meanwhile, or cannot be called first.
async function heapPerCall(calls) {
  if (!globalThis.gc) return 'n/a';
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  await calls(CALLS);
  const bytes = (process.memoryUsage().heapUsed - before) / CALLS;
  return bytes < 0 ? 'n/a' : `${Math.round(bytes)} B`;
}

// `calls(n)` makes n calls, one after the other.
async function measure(what, peer, calls) {
  await calls(WARM_UP);
  let least = Infinity;
  for (let i = 0; i < REPETITIONS; ++i) least = Math.min(least, await repetition(calls));
  lines.push(['result', what, 1, peer, least.toFixed(1), await heapPerCall(calls)].join('\t'));
}

async function measureExecute(what, policy) {
  await measure(what, 'cockatiel', async (n) => {
    for (let i = 0; i < n; ++i) await policy.execute(nothing);
  });
}

// Calls that are turned away: cockatiel and opossum both say so by an error.
async function measureRejected(what, peer, call) {
  await measure(what, peer, async (n) => {
    let rejected = 0;
    for (let i = 0; i < n; ++i) {
      try {
        await call();
      } catch {
        ++rejected;
      }
    }
    if (rejected !== n) throw new Error(`${what}: ${peer} let ${n - rejected} calls through`);
  });
}

function breakerOf(breaker) {
  return cockatiel.circuitBreaker(cockatiel.handleAll, { halfOpenAfter: 3600e3, breaker });
}

async function cockatielCalls() {
  await measureExecute('breaker (in a row), permitted', breakerOf(new cockatiel.ConsecutiveBreaker(5)));
  const count = new cockatiel.CountBreaker({ threshold: 0.5, size: 100, minimumNumberOfCalls: 10 });
  await measureExecute('breaker (last calls), permitted', breakerOf(count));
  const sampling = new cockatiel.SamplingBreaker({ threshold: 0.5, duration: 10e3, minimumRps: 1 });
  await measureExecute('breaker (last seconds), permitted', breakerOf(sampling));

  const open = breakerOf(new cockatiel.ConsecutiveBreaker(5));
  open.isolate();
  await measureRejected('breaker, rejected', 'cockatiel', () => open.execute(nothing));

  await measureExecute('bulkhead, permitted', cockatiel.bulkhead(25, 0));
  const full = cockatiel.bulkhead(1, 0);
  full.execute(() => new Promise(ignore));
  await measureRejected('bulkhead, rejected', 'cockatiel', () => full.execute(nothing));

  const backoff = new cockatiel.ExponentialBackoff({
    generator: cockatiel.fullJitterGenerator, initialDelay: 100, maxDelay: 30e3, exponent: 2,
  });
  await measure('backoff, one delay', 'cockatiel', async (n) => {
    let sum = 0;
    let state = backoff.next();
    for (let i = 1; i <= n; ++i) {
      sum += state.duration;
      state = i % 8 === 0 ? backoff.next() : state.next();
    }
    if (!(sum >= 0)) throw new Error('a delay is not a number');
  });
}

async function opossumCalls() {
  const options = { timeout: false, rollingCountTimeout: 10e3, rollingCountBuckets: 10, resetTimeout: 3600e3,
    rollingPercentilesEnabled: false };
  const measureFire = (what, breaker) => measure(what, 'opossum', async (n) => {
    for (let i = 0; i < n; ++i) await breaker.fire();
  });
  const closed = new CircuitBreaker(nothing, options);
  await measureFire('breaker (last seconds), permitted', closed);
  const open = new CircuitBreaker(nothing, options);
  open.open();
  await measureRejected('breaker, rejected', 'opossum', () => open.fire());
  const roomy = new CircuitBreaker(nothing, { ...options, capacity: 25 });
  await measureFire('bulkhead, permitted', roomy);
  const full = new CircuitBreaker(() => new Promise(ignore), { ...options, capacity: 1, volumeThreshold: 1e9 });
  full.fire();
  await measureRejected('bulkhead, rejected', 'opossum', () => full.fire());
  for (const breaker of [closed, open, roomy, full]) breaker.shutdown();
}

lines.push(`version\tcockatiel\t${versionOf('cockatiel')}`, `version\topossum\t${versionOf('opossum')}`);
lines.push(`version\tnode\t${process.versions.node}`);
await measure('(an awaited call)', 'node', async (n) => {
  for (let i = 0; i < n; ++i) await nothing();
});
await cockatielCalls();
await opossumCalls();
console.log(lines.join('\n'));
process.exit(0);
