// Normalising a text and finding its best segmentation, for one model: the twin of src/text/normalize.ts and
// src/segment/plain-searcher.ts, whose comments say what is done and why. An instance serves one model; the caller lays
// out the memory, hands over the addresses and writes the text. Nothing here allocates.

let trie: usize = 0;
let labelScore: usize = 0;
let unkId: i32 = -1;
let unkScore: f64 = 0;
/** Weight of each label as a mantissa and an exponent of two, both f64. */
let weights: usize = 0;

let rules: usize = 0;
let ruleUnits: u32 = 0;
let replacements: usize = 0;
let kept: usize = 0;
let plain: usize = 0;
let addDummyPrefix: bool = false;
let removeExtraSpaces: bool = false;
let escapeSpaces: bool = false;
let spaceAsSuffix: bool = false;

let input: usize = 0;
let bytes: usize = 0;
let origin: usize = 0;
let nodes: usize = 0;
let ids: usize = 0;
let capacity: i32 = 0;

/** Addresses of the vocabulary: the trie, the scores (f64), and the unknown piece (−1 for none). */
export function setVocabulary(trieAt: usize, labelScoreAt: usize, unk: i32): void {
  trie = trieAt;
  labelScore = labelScoreAt;
  unkId = unk;
  unkScore = unk < 0 ? 0 : load<f64>(labelScoreAt + (<usize>unk << 3));
}

/** Address of the labels' weights, for draws. */
export function setWeights(weightsAt: usize): void {
  weights = weightsAt;
}

/** Addresses of the normaliser: rules (none if there are no units), replacements, kept pieces (0 for none), table. */
export function setNormalizer(
  rulesAt: usize,
  units: u32,
  replacementsAt: usize,
  keptAt: usize,
  plainAt: usize,
  dummyPrefix: bool,
  removeExtra: bool,
  escape: bool,
  suffix: bool,
): void {
  rules = rulesAt;
  ruleUnits = units;
  replacements = replacementsAt;
  kept = keptAt;
  plain = plainAt;
  addDummyPrefix = dummyPrefix;
  removeExtraSpaces = removeExtra;
  escapeSpaces = escape;
  spaceAsSuffix = suffix;
}

/**
 * Addresses of the work space: the text, its normalised bytes, their origins (i32, one more than bytes), the nodes of
 * the search (16 bytes each, one more) and the ids (i32). There is room for `room` normalised bytes.
 */
export function setWork(
  inputAt: usize,
  bytesAt: usize,
  originAt: usize,
  nodesAt: usize,
  idsAt: usize,
  room: i32,
): void {
  input = inputAt;
  bytes = bytesAt;
  origin = originAt;
  nodes = nodesAt;
  ids = idsAt;
  capacity = room;
}

const SPACE: u8 = 0x20;
const LONGEST_RULE: i32 = 1024;

// What readOne found: `to - from` bytes at `from`, in place of `used` bytes of the text.
let from: usize = 0;
let to: usize = 0;
let used: i32 = 0;

// @ts-ignore: decorator
@inline
function characterLength(lead: u32): i32 {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

// @ts-ignore: decorator
@inline
function dartsOffset(unit: u32): u32 {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

function longestKept(at: i32, stop: i32): i32 {
  let longest = 0;
  let base = load<u32>(kept) >>> 9;
  for (let i = at; i < stop; i++) {
    const byte: u32 = load<u8>(input + i);
    const slot = kept + (<usize>(base ^ byte) << 3);
    const unit = load<u32>(slot);
    if ((unit & 0x1ff) != byte + 1) break;
    if (load<i32>(slot, 4) >= 0) longest = i + 1 - at;
    base = unit >>> 9;
  }
  return longest;
}

// @ts-ignore: decorator
@inline
function readOne(at: i32, stop: i32): void {
  const symbol = kept == 0 ? 0 : longestKept(at, stop);
  if (symbol == 0 && ruleUnits != 0) {
    let longest = 0;
    let value: u32 = 0;
    let node = dartsOffset(load<u32>(rules));
    const last = min(stop, at + LONGEST_RULE);
    for (let i = at; i < last; i++) {
      const byte: u32 = load<u8>(input + i);
      node ^= byte;
      if (node >= ruleUnits) break;
      const unit = load<u32>(rules + (<usize>node << 2));
      if ((unit & 0x800000ff) != byte) break;
      node ^= dartsOffset(unit);
      if ((unit & 0x100) != 0 && node < ruleUnits) {
        value = load<u32>(rules + (<usize>node << 2)) & 0x7fffffff;
        longest = i + 1 - at;
      }
    }
    if (longest > 0) {
      from = replacements + value;
      to = from;
      while (load<u8>(to) != 0) to++;
      used = longest;
      return;
    }
  }
  used = symbol > 0 ? symbol : characterLength(load<u8>(input + at));
  from = input + at;
  to = from + used;
}

/** UTF-16 units of `count` bytes at `at` of the text. */
function unitsIn(at: i32, count: i32): i32 {
  let units = 0;
  for (let i = at; i < at + count; i++) {
    const byte: u32 = load<u8>(input + i);
    units += (byte & 0xc0) == 0x80 ? 0 : byte < 0xf0 ? 1 : 2;
  }
  return units;
}

// @ts-ignore: decorator
@inline
function addSpace(length: i32, unit: i32): i32 {
  const place = bytes + length;
  const mark = origin + (<usize>length << 2);
  store<i32>(mark, unit);
  if (!escapeSpaces) {
    store<u8>(place, SPACE);
    return length + 1;
  }
  store<u8>(place, 0xe2);
  store<u8>(place, 0x96, 1);
  store<u8>(place, 0x81, 2);
  store<i32>(mark, unit, 4);
  store<i32>(mark, unit, 8);
  return length + 3;
}

// @ts-ignore: decorator
@inline
function endsWithMark(length: i32): bool {
  const last = bytes + length - 3;
  return length >= 3 && load<u8>(last) == 0xe2 && load<u8>(last, 1) == 0x96 && load<u8>(last, 2) == 0x81;
}

/** Normalises the `stop` bytes of the text; returns the number of normalised bytes, or −1 if they need more room. */
export function normalize(stop: i32): i32 {
  let at = 0;
  let unit = 0;
  let length = 0;
  if (removeExtraSpaces)
    while (at < stop) {
      readOne(at, stop);
      if (to - from != 1 || load<u8>(from) != SPACE) break;
      unit += unitsIn(at, used);
      at += used;
    }
  store<i32>(origin, unit);
  if (at == stop) return 0;
  if (addDummyPrefix && !spaceAsSuffix) length = addSpace(length, unit);

  let afterSpace = removeExtraSpaces;
  while (at < stop) {
    if (length + 8 > capacity) return -1;
    const byte: u32 = load<u8>(input + at);
    if (byte < 0x80 && load<u8>(plain + byte) == 1 && (at + 1 == stop || load<u8>(input + at + 1) < 0x80)) {
      if (byte != SPACE) {
        store<i32>(origin + (<usize>length << 2), unit);
        store<u8>(bytes + length, <u8>byte);
        length++;
        afterSpace = false;
      } else if (!afterSpace) {
        length = addSpace(length, unit);
        afterSpace = removeExtraSpaces;
      }
      at++;
      unit++;
      continue;
    }
    readOne(at, stop);
    if (afterSpace) while (from < to && load<u8>(from) == SPACE) from++;
    if (from < to) {
      if (length + 3 * <i32>(to - from) + 8 > capacity) return -1;
      afterSpace = load<u8>(to - 1) == SPACE;
      for (; from < to; from++) {
        const next = load<u8>(from);
        if (next == SPACE) length = addSpace(length, unit);
        else {
          store<i32>(origin + (<usize>length << 2), unit);
          store<u8>(bytes + length, next);
          length++;
        }
      }
    }
    unit += unitsIn(at, used);
    at += used;
    if (!removeExtraSpaces) afterSpace = false;
  }

  let end = unit;
  if (removeExtraSpaces)
    while (escapeSpaces ? endsWithMark(length) : length > 0 && load<u8>(bytes + length - 1) == SPACE) {
      length -= escapeSpaces ? 3 : 1;
      end = load<i32>(origin + (<usize>length << 2));
    }
  if (addDummyPrefix && spaceAsSuffix) length = addSpace(length, end);
  store<i32>(origin + (<usize>length << 2), end);
  return length;
}

// A node of the search: the best score to it (f64), where its last edge begins (i32), and that edge's label (i32).
const FROM: usize = 8;
const VIA: usize = 12;

// @ts-ignore: decorator
@inline
function relax(node: usize, candidate: f64, start: i32, label: i32, exact: bool): void {
  if (candidate > load<f64>(node)) {
    store<f64>(node, exact ? candidate : <f64>(<f32>candidate));
    store<i32>(node, start, FROM);
    store<i32>(node, label, VIA);
  }
}

/**
 * Finds the best path over the normalised bytes from `start` to `length`; scores count from `start`, and are kept in
 * float32 unless `exact`.
 */
export function bestPath(start: i32, length: i32, exact: bool): void {
  for (let i = start; i <= length; i++) store<f64>(nodes + (<usize>i << 4), -Infinity);
  store<f64>(nodes + (<usize>start << 4), 0);
  const rootBase = load<u32>(trie) >>> 9;
  let s = start;
  while (s < length) {
    const single = min(s + characterLength(load<u8>(bytes + s)), length);
    const here = load<f64>(nodes + (<usize>s << 4));
    if (here == -Infinity) {
      s = single;
      continue;
    }
    let covered = unkId < 0;
    let base = rootBase;
    let at = s;
    while (at < length) {
      const byte: u32 = load<u8>(bytes + at);
      const unit = load<u64>(trie + (<usize>(base ^ byte) << 3));
      if (((<u32>unit) & 0x1ff) != byte + 1) break;
      base = (<u32>unit) >>> 9;
      at++;
      const id = <i32>(unit >>> 32);
      if (id < 0) continue;
      if (at == single) covered = true;
      relax(nodes + (<usize>at << 4), here + load<f64>(labelScore + (<usize>id << 3)), s, id, exact);
    }
    if (!covered) relax(nodes + (<usize>single << 4), here + unkScore, s, unkId, exact);
    s = single;
  }
}

/**
 * Finds all edges over the normalised bytes from `start` to `length`, after `before` that were found already: first
 * edge of each row at `ids`, then in the room of the nodes the end of each edge, and from its middle the labels.
 * Returns how many there are then, or −1 if there are more than twice the capacity.
 */
export function findEdges(start: i32, length: i32, before: i32): i32 {
  const room = 2 * capacity;
  const ends = nodes;
  const labels = nodes + (<usize>room << 2);
  const rootBase = load<u32>(trie) >>> 9;
  let count = before;
  let s = start;
  store<i32>(ids + (<usize>start << 2), count);
  while (s < length) {
    const first = count;
    const single = min(s + characterLength(load<u8>(bytes + s)), length);
    let covered = unkId < 0;
    let base = rootBase;
    let at = s;
    while (at < length) {
      const byte: u32 = load<u8>(bytes + at);
      const unit = load<u64>(trie + (<usize>(base ^ byte) << 3));
      if (((<u32>unit) & 0x1ff) != byte + 1) break;
      base = (<u32>unit) >>> 9;
      at++;
      const id = <i32>(unit >>> 32);
      if (id < 0) continue;
      if (count >= room) return -1;
      if (at == single) covered = true;
      store<i32>(ends + (<usize>count << 2), at);
      store<i32>(labels + (<usize>count << 2), id);
      count++;
    }
    if (!covered) {
      if (count >= room) return -1;
      // Ends rise along a row: a piece that ends inside the character goes first.
      let place = count++;
      for (; place > first && load<i32>(ends + (<usize>(place - 1) << 2)) > single; place--) {
        store<i32>(ends + (<usize>place << 2), load<i32>(ends + (<usize>(place - 1) << 2)));
        store<i32>(labels + (<usize>place << 2), load<i32>(labels + (<usize>(place - 1) << 2)));
      }
      store<i32>(ends + (<usize>place << 2), single);
      store<i32>(labels + (<usize>place << 2), unkId);
    }
    while (s < single) store<i32>(ids + (<usize>++s << 2), count);
  }
  return count;
}

/**
 * Writes the labels of the best path, last first, to the end of the room for ids; runs of the unknown piece count as
 * one unless `expand` is true, when each of its bytes b is written as −1 − b. Returns how many.
 */
export function writeIds(length: i32, expand: bool): i32 {
  let place = ids + (<usize>capacity << 2);
  const stop = place;
  let end = length;
  let afterUnknown = false;
  while (end > 0) {
    const node = nodes + (<usize>end << 4);
    const start = load<i32>(node, FROM);
    const label = load<i32>(node, VIA);
    const unknown = label == unkId;
    if (unknown && expand) {
      for (let i = end - 1; i >= start; i--) {
        place -= 4;
        store<i32>(place, -1 - <i32>load<u8>(bytes + i));
      }
    } else if (!unknown || !afterUnknown) {
      place -= 4;
      store<i32>(place, label);
    }
    afterUnknown = unknown;
    end = start;
  }
  return <i32>((stop - place) >>> 2);
}

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
  let place = ids;
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
  return <i32>((place - ids) >>> 2);
}
