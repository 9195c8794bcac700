// Draws: masses from the end, then a walk from the beginning. The twin of `drawnFromLattice` in src/segment/draw-ids.ts.
import { bytes, byteLevel, labels, nodes, trie, unkId, weights } from "./layout";
import { nodeAt } from "./best-path";
import { BROKEN, codeAt, endOfCharacter, goesOn, unitBehind } from "./scan";

/** A number uniform on [0, 1), from the caller. */
@external("env", "uniform")
declare function uniform(): f64;

/** 2^power, for a power from −1022 to 1023; below counts as 0. */
// @ts-ignore: decorator
@inline
function powerOfTwo(power: i32): f64 {
  return power < -1022 ? 0 : reinterpret<f64>((<i64>power + 1023) << 52);
}

// A node of a draw: the mass from it to the end as a mantissa (f64) and an exponent of two (i32), as in src/masses.ts, and if
// the only way on is the character there, its label (i32), else −1. Weights are ordinary numbers, from 2^−128 to 2^128.
const POWER: usize = 8;
const ONLY: usize = 12;
const STEP: i32 = 256;
const LARGE: f64 = 3.402823669209385e38;
const LARGE_SQUARED: f64 = LARGE * LARGE;

// @ts-ignore: decorator
@inline
function weightOf(label: i32): f64 {
  return load<f64>(weights + (<usize>label << 3));
}

/**
 * Fills in the masses from each node to the end, last node first. Returns that of node 0, which is 0 if no path leads there,
 * or −1 for bytes that rules have left ill-formed: from the end they fall into other characters than from the beginning.
 */
export function backwardMasses(length: i32): f64 {
  store<f64>(nodeAt(length), 1);
  store<i32>(nodeAt(length), 0, POWER);
  let next = BROKEN;
  for (let start = length; start > 0;) {
    let s = start - 1;
    if (!byteLevel) while (s > 0 && s > start - 4 && (load<u8>(bytes + s) & 0xc0) == 0x80) s--;
    const end = endOfCharacter(s, length);
    if (end != start) return -1;
    const code = codeAt(s, end);
    let unit = unitBehind(code, s, end);
    let id = <i32>(unit >>> 32);
    if (id < 0) id = unkId;
    let only = id;
    let mass: f64 = 0;
    let power = 0;
    if (id >= 0) {
      mass = weightOf(id) * load<f64>(nodeAt(end));
      power = load<i32>(nodeAt(end), POWER);
    }
    if (goesOn(code, next))
      for (let at = end; at < length;) {
        const byte: u32 = load<u8>(bytes + at);
        unit = load<u64>(trie + (<usize>(((<u32>unit) >>> 9) ^ byte) << 3));
        if (((<u32>unit) & 0x1ff) != byte + 1) break;
        at++;
        id = <i32>(unit >>> 32);
        if (id < 0) continue;
        const node = nodeAt(at);
        const more = weightOf(id) * load<f64>(node);
        if (more == 0) continue;
        const arriving = load<i32>(node, POWER);
        only = -1;
        if (arriving == power) mass += more;
        else if (arriving < power && mass > 0) mass += more * powerOfTwo(arriving - power);
        else {
          mass = more + (mass > 0 ? mass * powerOfTwo(power - arriving) : 0);
          power = arriving;
        }
      }
    if (mass > LARGE) {
      mass *= 1 / LARGE_SQUARED;
      power += STEP;
    } else if (mass > 0 && mass < 1 / LARGE) {
      mass *= LARGE_SQUARED;
      power -= STEP;
    }
    const node = nodeAt(s);
    store<f64>(node, mass);
    store<i32>(node, power, POWER);
    store<i32>(node, only, ONLY);
    next = code;
    start = s;
  }
  return load<f64>(nodes);
}

/**
 * Walks from node 0 to the end by edges drawn from their shares of the masses, and writes their labels, unknown ones as
 * `writeIds` does. A node with one way on takes no number. Returns how many.
 */
export function drawIds(length: i32, expand: bool): i32 {
  let place = labels;
  let afterUnknown = false;
  for (let s = 0; s < length;) {
    const single = endOfCharacter(s, length);
    let label = load<i32>(nodeAt(s), ONLY);
    let end = single;
    if (label < 0) {
      const drawn = drawEdge(s, single, length);
      label = <i32>(drawn >>> 32);
      end = <i32>drawn;
    }
    const unknown = label == unkId;
    if (unknown && expand) {
      for (let i = s; i < end; i++) {
        store<i32>(place, -1 - <i32>load<u8>(bytes + i));
        place += 4;
      }
    } else if (!unknown || !afterUnknown) {
      store<i32>(place, label);
      place += 4;
    }
    afterUnknown = unknown;
    s = end;
  }
  return <i32>((place - labels) >>> 2);
}

/** Draws an edge from node s, whose first character ends at `single`: its label, and in the lower half its end. */
// @ts-ignore: decorator
@inline
function drawEdge(s: i32, single: i32, length: i32): u64 {
  const power = load<i32>(nodeAt(s), POWER);
  const mass = load<f64>(nodeAt(s));
  let unit = unitBehind(codeAt(s, single), s, single);
  let id = <i32>(unit >>> 32);
  if (id < 0) id = unkId;
  let label = -1;
  let end = single;
  // What the edges so far have left of a number that is drawn when there is more than one.
  let left: f64 = Infinity;
  let first: f64 = 0;
  for (let at = single; ; at++) {
    if (id >= 0) {
      const node = nodeAt(at);
      let share = weightOf(id) * load<f64>(node);
      if (share > 0) {
        const far = load<i32>(node, POWER) - power;
        if (far != 0) share *= powerOfTwo(far);
        if (label >= 0 && left == Infinity) {
          left = uniform() * mass - first;
          if (left < 0) break;
        }
        // The last edge that leads anywhere takes what rounding has left.
        if (label < 0) first = share;
        else left -= share;
        label = id;
        end = at;
        if (left < 0) break;
      }
    }
    if (at >= length) break;
    const byte: u32 = load<u8>(bytes + at);
    unit = load<u64>(trie + (<usize>(((<u32>unit) >>> 9) ^ byte) << 3));
    if (((<u32>unit) & 0x1ff) != byte + 1) break;
    id = <i32>(unit >>> 32);
  }
  return (<u64>(<u32>label) << 32) | <u64>(<u32>end);
}
