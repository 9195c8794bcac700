// Draws: masses from the end, then a walk from the beginning. The twin of src/segment/draw-ids.ts.
import { bytes, characterLength, labels, nodes, trie, unkId, weights } from "./layout";

/** A number uniform on [0, 1), from the caller. */
@external("env", "uniform")
declare function uniform(): f64;

/** 2^power, for a power that is not positive; what float64 has only as subnormal counts as 0. */
// @ts-ignore: decorator
@inline
function powerOfTwo(power: f64): f64 {
  return power < -1022 ? 0 : reinterpret<f64>((<i64>power + 1023) << 52);
}

// A node of a draw: the mass from it to the end as a mantissa and an exponent of two, both f64.
const POWER: usize = 8;

/** Fills in the masses from each node to the end, last node first; that of node 0 is 0 if no path leads there. */
export function backwardMasses(length: i32): f64 {
  const rootBase = load<u32>(trie) >>> 9;
  const last = nodes + (<usize>length << 4);
  store<f64>(last, 1);
  store<f64>(last, 0, POWER);
  for (let s = length - 1; s >= 0; s--) {
    const lead: u32 = load<u8>(bytes + s);
    if ((lead & 0xc0) == 0x80) continue;
    const single = min(s + characterLength(lead), length);
    let mass: f64 = 0;
    let power: f64 = 0;
    let covered = unkId < 0;
    let base = rootBase;
    let at = s;
    for (;;) {
      let id = -1;
      let to = single;
      let matches = false;
      if (at < length) {
        const byte: u32 = load<u8>(bytes + at);
        const unit = load<u64>(trie + (<usize>(base ^ byte) << 3));
        if (((<u32>unit) & 0x1ff) == byte + 1) {
          matches = true;
          base = (<u32>unit) >>> 9;
          to = ++at;
          id = <i32>(unit >>> 32);
          if (id < 0 && at != single) continue;
        }
      }
      // The unknown piece stands where the single character would, among edges of rising ends.
      if (id < 0) {
        if (covered) {
          if (matches) continue;
          break;
        }
        id = unkId;
      }
      if (to == single) covered = true;
      const node = nodes + (<usize>to << 4);
      const weight = weights + (<usize>id << 4);
      const more = load<f64>(weight) * load<f64>(node);
      if (more > 0) {
        const arriving = load<f64>(weight, POWER) + load<f64>(node, POWER);
        if (mass == 0) {
          mass = more;
          power = arriving;
        } else if (arriving > power) {
          mass = more + mass * powerOfTwo(power - arriving);
          power = arriving;
        } else mass += more * powerOfTwo(arriving - power);
      }
      if (!matches) break;
    }
    if (mass > LARGE) {
      mass *= 1 / LARGE;
      power += 64;
    } else if (mass > 0 && mass < 1 / LARGE) {
      mass *= LARGE;
      power -= 64;
    }
    const here = nodes + (<usize>s << 4);
    store<f64>(here, mass);
    store<f64>(here, power, POWER);
  }
  return load<f64>(nodes);
}

const LARGE: f64 = 18446744073709551616.0;

/**
 * Walks from node 0 to the end by edges drawn from their shares of the masses, and writes their labels to the
 * beginning of the room for ids, unknown ones as `writeIds` does. Returns how many.
 */
export function drawIds(length: i32, expand: bool): i32 {
  const rootBase = load<u32>(trie) >>> 9;
  let place = labels;
  let afterUnknown = false;
  let s = 0;
  while (s < length) {
    const single = min(s + characterLength(load<u8>(bytes + s)), length);
    const here = nodes + (<usize>s << 4);
    const power = load<f64>(here, POWER);
    let left = uniform() * load<f64>(here);
    let covered = unkId < 0;
    let base = rootBase;
    let at = s;
    let label = -1;
    let end = single;
    for (;;) {
      let id = -1;
      let to = single;
      let matches = false;
      if (at < length) {
        const byte: u32 = load<u8>(bytes + at);
        const unit = load<u64>(trie + (<usize>(base ^ byte) << 3));
        if (((<u32>unit) & 0x1ff) == byte + 1) {
          matches = true;
          base = (<u32>unit) >>> 9;
          to = ++at;
          id = <i32>(unit >>> 32);
          if (id < 0 && at != single) continue;
        }
      }
      // The unknown piece stands where the single character would, among edges of rising ends.
      if (id < 0) {
        if (covered) {
          if (matches) continue;
          break;
        }
        id = unkId;
      }
      if (to == single) covered = true;
      const node = nodes + (<usize>to << 4);
      const weight = weights + (<usize>id << 4);
      const share = load<f64>(weight) * load<f64>(node);
      if (share > 0) {
        // The last edge that leads anywhere takes what rounding has left.
        label = id;
        end = to;
        const ahead = load<f64>(weight, POWER) + load<f64>(node, POWER) - power;
        left -= ahead > 0 ? share * reinterpret<f64>((<i64>ahead + 1023) << 52) : share * powerOfTwo(ahead);
        if (left < 0) break;
      }
      if (!matches) break;
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
