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
function powerOfTwo(power: f64): f64 {
  return power < -1022 ? 0 : reinterpret<f64>((<i64>power + 1023) << 52);
}

// A node of a draw: the mass from it to the end as a mantissa and an exponent of two, both f64, as in src/masses.ts.
const POWER: usize = 8;
const STEP: f64 = 256;
const LARGE: f64 = 3.402823669209385e38;
const LARGE_SQUARED: f64 = LARGE * LARGE;

/** Fills in the masses from each node to the end, last node first; that of node 0 is 0 if no path leads there. */
export function backwardMasses(length: i32): f64 {
  store<f64>(nodeAt(length), 1);
  store<f64>(nodeAt(length), 0, POWER);
  let next = BROKEN;
  for (let start = length; start > 0;) {
    let s = start - 1;
    if (!byteLevel) while (s > 0 && s > start - 4 && (load<u8>(bytes + s) & 0xc0) == 0x80) s--;
    let end = endOfCharacter(s, length);
    if (end < start) {
      // A byte that no character has.
      s = start - 1;
      end = start;
    }
    const code = codeAt(s, end);
    let unit = unitBehind(code, s, end);
    let id = <i32>(unit >>> 32);
    if (id < 0) id = unkId;
    const walks = goesOn(code, next);
    let mass: f64 = 0;
    let power: f64 = 0;
    for (let at = end; ; at++) {
      if (id >= 0) {
        const node = nodeAt(at);
        const weight = weights + (<usize>id << 4);
        const more = load<f64>(weight) * load<f64>(node);
        if (more > 0) {
          const arriving = load<f64>(weight, POWER) + load<f64>(node, POWER);
          if (arriving == power) mass += more;
          else if (mass == 0) {
            mass = more;
            power = arriving;
          } else if (arriving < power) mass += more * powerOfTwo(arriving - power);
          else {
            mass = more + mass * powerOfTwo(power - arriving);
            power = arriving;
          }
        }
      }
      if (!walks || at >= length) break;
      const byte: u32 = load<u8>(bytes + at);
      unit = load<u64>(trie + (<usize>(((<u32>unit) >>> 9) ^ byte) << 3));
      if (((<u32>unit) & 0x1ff) != byte + 1) break;
      id = <i32>(unit >>> 32);
    }
    if (mass > LARGE) {
      mass *= 1 / LARGE_SQUARED;
      power += STEP;
    } else if (mass > 0 && mass < 1 / LARGE) {
      mass *= LARGE_SQUARED;
      power -= STEP;
    }
    store<f64>(nodeAt(s), mass);
    store<f64>(nodeAt(s), power, POWER);
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
  let single = endOfCharacter(0, length);
  let code = codeAt(0, single);
  for (let s = 0; s < length;) {
    const power = load<f64>(nodeAt(s), POWER);
    let unit = unitBehind(code, s, single);
    let id = <i32>(unit >>> 32);
    if (id < 0) id = unkId;
    let label = id;
    let end = single;
    // What the edges so far have left of a number that is drawn when there is more than one.
    let left: f64 = Infinity;
    let first: f64 = 0;
    const next = codeAt(single, endOfCharacter(single, length));
    const walks = goesOn(code, next);
    for (let at = single; ; at++) {
      if (id >= 0) {
        const node = nodeAt(at);
        const weight = weights + (<usize>id << 4);
        let share = load<f64>(weight) * load<f64>(node);
        if (share > 0) {
          const far = load<f64>(weight, POWER) + load<f64>(node, POWER) - power;
          if (far != 0) share *= powerOfTwo(far);
          if (first == 0) {
            first = share;
            label = id;
            end = at;
          } else {
            if (left == Infinity) {
              left = uniform() * load<f64>(nodeAt(s)) - first;
              if (left < 0) break;
            }
            // The last edge that leads anywhere takes what rounding has left.
            label = id;
            end = at;
            left -= share;
            if (left < 0) break;
          }
        }
      }
      if (!walks || at >= length) break;
      const byte: u32 = load<u8>(bytes + at);
      unit = load<u64>(trie + (<usize>(((<u32>unit) >>> 9) ^ byte) << 3));
      if (((<u32>unit) & 0x1ff) != byte + 1) break;
      id = <i32>(unit >>> 32);
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
    if (end == single) code = next;
    else code = codeAt(end, endOfCharacter(end, length));
    s = end;
    single = endOfCharacter(s, length);
  }
  return <i32>((place - labels) >>> 2);
}
