// Draws: masses from the end, then a walk from the beginning. The twin of `drawnFromLattice` in src/segment/draw-ids.ts.
import { bytes, byteLevel, ends, labels, nodes, trie, unkId, weights } from "./layout";
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

// A node of a draw: the mass from it to the end as a mantissa (f64) and an exponent of two (i32), as in src/masses.ts, and
// the address of its row. Weights are ordinary numbers, from 2^−128 to 2^128.
const POWER: usize = 8;
export const ROW: usize = 12;
const STEP: i32 = 256;
const LARGE: f64 = 3.402823669209385e38;
const LARGE_SQUARED: f64 = LARGE * LARGE;

// The row of a node has the edges from it that lead to the end, shortest first. Of each: the mass of those up to it (f64,
// to the node's power), its label and its end (i32 each). The last takes what rounding has left: its mass is ∞.
export const LABEL: usize = 8;
export const END: usize = 12;
export const EDGE: usize = 16;

// @ts-ignore: decorator
@inline
function weightOf(label: i32): f64 {
  return load<f64>(weights + (<usize>label << 3));
}

// @ts-ignore: decorator
@inline
function storeEdge(edge: usize, mass: f64, label: i32, end: i32): void {
  store<f64>(edge, mass);
  store<i32>(edge, label, LABEL);
  store<i32>(edge, end, END);
}

/** Multiplies the masses of a row. */
function scaleRow(row: usize, stop: usize, factor: f64): void {
  for (let edge = row; edge < stop; edge += EDGE) store<f64>(edge, load<f64>(edge) * factor);
}

/** What `backwardMasses` returns for bytes that it cannot do, and where there is not enough room. */
const CANNOT: f64 = -1;
const NO_ROOM: f64 = -2;

/**
 * Fills in the masses from each node to the end, last node first, and the rows, from `ends` to the end of the memory.
 * Returns the mass of node 0, which is 0 if no path leads from there; or NO_ROOM; or CANNOT for bytes that rules have left
 * ill-formed: from the end they fall into other characters than from the beginning.
 */
export function backwardMasses(length: i32): f64 {
  const limit = (<usize>memory.size() << 16) - EDGE;
  store<f64>(nodeAt(length), 1);
  store<i32>(nodeAt(length), 0, POWER);
  let edge = ends;
  let next = BROKEN;
  for (let start = length; start > 0;) {
    let s = start - 1;
    if (!byteLevel) while (s > 0 && s > start - 4 && (load<u8>(bytes + s) & 0xc0) == 0x80) s--;
    const end = endOfCharacter(s, length);
    if (end != start) return CANNOT;
    const code = codeAt(s, end);
    let unit = unitBehind(code, s, end);
    let id = <i32>(unit >>> 32);
    if (id < 0) id = unkId;
    const row = edge;
    if (edge > limit) return NO_ROOM;
    let mass: f64 = 0;
    let power = 0;
    if (id >= 0) {
      mass = weightOf(id) * load<f64>(nodeAt(end));
      power = load<i32>(nodeAt(end), POWER);
      storeEdge(edge, mass, id, end);
      if (mass > 0) edge += EDGE;
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
        if (edge > limit) return NO_ROOM;
        const arriving = load<i32>(node, POWER);
        if (arriving == power) mass += more;
        else if (arriving < power && mass > 0) mass += more * powerOfTwo(arriving - power);
        else {
          if (mass > 0) {
            const factor = powerOfTwo(power - arriving);
            mass *= factor;
            scaleRow(row, edge, factor);
          }
          mass += more;
          power = arriving;
        }
        storeEdge(edge, mass, id, at);
        edge += EDGE;
      }
    if (mass > LARGE) {
      mass *= 1 / LARGE_SQUARED;
      power += STEP;
      scaleRow(row, edge, 1 / LARGE_SQUARED);
    } else if (mass > 0 && mass < 1 / LARGE) {
      mass *= LARGE_SQUARED;
      power -= STEP;
      scaleRow(row, edge, LARGE_SQUARED);
    }
    if (edge > row) store<f64>(edge - EDGE, Infinity);
    const node = nodeAt(s);
    store<f64>(node, mass);
    store<i32>(node, power, POWER);
    store<usize>(node, row, ROW);
    next = code;
    start = s;
  }
  return load<f64>(nodes);
}

/** An edge of a row, drawn by its share of the mass of all. One that is alone takes no number. */
// @ts-ignore: decorator
@inline
export function drawnEdge(row: usize, mass: f64): usize {
  let edge = row;
  let upTo = load<f64>(edge);
  if (upTo < Infinity) {
    const drawn = uniform() * mass;
    while (drawn >= upTo) {
      edge += EDGE;
      upTo = load<f64>(edge);
    }
  }
  return edge;
}

/**
 * Walks from node 0 to the end by edges drawn from their shares of the masses, and writes their labels, unknown ones as
 * `writeIds` does. Returns how many.
 */
export function drawIds(length: i32, expand: bool): i32 {
  let place = labels;
  let afterUnknown = false;
  for (let s = 0; s < length;) {
    const node = nodeAt(s);
    const edge = drawnEdge(load<usize>(node, ROW), load<f64>(node));
    const label = load<i32>(edge, LABEL);
    const end = load<i32>(edge, END);
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
