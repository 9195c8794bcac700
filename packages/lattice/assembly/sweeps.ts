// Masses and marginals of a lattice whose weights are ordinary numbers: the twin of src/masses.ts and src/marginals.ts.
// Masses are kept in the scale of their neighbours, which changes for all of them at once when they grow or shrink too far,
// so that the loops have nothing to choose. Where neighbours lie so far apart that one scale does not hold them, the twin
// must do.

const STEP: i32 = 256;
const LARGE: f64 = 3.402823669209385e38;
const LARGE_SQUARED: f64 = LARGE * LARGE;
/** A mass within this of 1, both ways, is exact in the scale of its neighbours. */
const BOUND: f64 = LARGE_SQUARED * LARGE_SQUARED;

let length: i32 = 0;
let rowStart: usize = 0;
let ends: usize = 0;
let weights: usize = 0;
let edges: usize = 0;
let marginalsOfNodes: usize = 0;
/** Mass from node 0 to each node, and its scale as an exponent of two; the same to the end. */
let before: usize = 0;
let beforeScale: usize = 0;
let after: usize = 0;
let afterScale: usize = 0;
/** The furthest node that an edge from this node or one before it leads to. */
let reach: usize = 0;

/**
 * Lays out the memory from an address that is a multiple of 8, for a lattice of so many nodes after the first and edges:
 * row starts and ends (i32), from the next multiple of 8 on weights (f64), then the marginals of edges and nodes (f64), then
 * what is needed in between. Returns its end.
 */
export function layOut(base: usize, nodes: i32, count: i32): usize {
  const perNode = <usize>nodes + 1;
  const perEdge = <usize>count;
  length = nodes;
  rowStart = base;
  ends = base + 4 * perNode;
  weights = (ends + 4 * perEdge + 7) & ~7;
  edges = weights + 8 * perEdge;
  marginalsOfNodes = edges + 8 * perEdge;
  before = marginalsOfNodes + 8 * perNode;
  after = before + 8 * perNode;
  beforeScale = after + 8 * perNode;
  afterScale = beforeScale + 4 * perNode;
  reach = afterScale + 4 * perNode;
  return reach + 4 * perNode;
}

/** Where the marginals are. */
export function marginalsAt(): usize {
  return edges;
}

/** The mass of all paths is `mantissa() · 2^exponent()`. */
export function mantissa(): f64 {
  return load<f64>(before + (<usize>length << 3));
}

export function exponent(): i32 {
  return load<i32>(beforeScale + (<usize>length << 2));
}

// @ts-ignore: decorator
@inline
function rowAt(node: i32): i32 {
  return load<i32>(rowStart + (<usize>node << 2));
}

/** Fills in the masses from node 0; false where one scale does not hold neighbours. */
export function sweepForward(): bool {
  memory.fill(before, 0, <usize>(length + 1) << 3);
  store<f64>(before, 1);
  let scale = 0;
  let furthest = 0;
  for (let s = 0; s < length; s++) {
    let mass = load<f64>(before + (<usize>s << 3));
    if (mass > 0) {
      if (mass > LARGE || mass < 1 / LARGE) {
        if (!rescale(before, s, furthest, mass > LARGE)) return false;
        scale += mass > LARGE ? STEP : -STEP;
        mass = load<f64>(before + (<usize>s << 3));
      }
      for (let e = rowAt(s), stop = rowAt(s + 1); e < stop; e++) {
        const to = load<i32>(ends + (<usize>e << 2));
        const place = before + (<usize>to << 3);
        store<f64>(place, load<f64>(place) + mass * load<f64>(weights + (<usize>e << 3)));
        furthest = max(furthest, to);
      }
    }
    store<i32>(beforeScale + (<usize>s << 2), scale);
    store<i32>(reach + (<usize>s << 2), furthest);
  }
  store<i32>(beforeScale + (<usize>length << 2), scale);
  return true;
}

/** Takes the masses from node `from` to node `to` to another scale. */
function rescale(masses: usize, from: i32, to: i32, down: bool): bool {
  const factor = down ? 1 / LARGE_SQUARED : LARGE_SQUARED;
  for (let node = from; node <= to; node++) {
    const place = masses + (<usize>node << 3);
    const mass = load<f64>(place) * factor;
    if (load<f64>(place) > 0 && (mass > BOUND || mass < 1 / BOUND)) return false;
    store<f64>(place, mass);
  }
  return true;
}

/** Fills in the masses to the end, after {@link sweepForward}; false where one scale does not hold neighbours. */
function sweepBackward(): bool {
  store<f64>(after + (<usize>length << 3), 1);
  store<i32>(afterScale + (<usize>length << 2), 0);
  let scale = 0;
  for (let s = length - 1; s >= 0; s--) {
    let mass: f64 = 0;
    for (let e = rowAt(s), stop = rowAt(s + 1); e < stop; e++)
      mass +=
        load<f64>(weights + (<usize>e << 3)) *
        load<f64>(after + (<usize>load<i32>(ends + (<usize>e << 2)) << 3));
    store<f64>(after + (<usize>s << 3), mass);
    store<i32>(afterScale + (<usize>s << 2), scale);
    if (mass > LARGE || (mass < 1 / LARGE && mass > 0)) {
      const furthest = load<i32>(reach + (<usize>s << 2));
      if (!rescale(after, s, furthest, mass > LARGE)) return false;
      scale += mass > LARGE ? STEP : -STEP;
      for (let node = s; node <= furthest; node++) store<i32>(afterScale + (<usize>node << 2), scale);
    }
  }
  return true;
}

/** Fills in the marginals, after {@link sweepForward} to a mass that is not 0; false where one scale does not hold neighbours. */
export function sweepMarginals(): bool {
  if (!sweepBackward()) return false;
  const whole = mantissa();
  const wholeScale = exponent();
  for (let s = 0; s <= length; s++) {
    const share = load<f64>(before + (<usize>s << 3)) / whole;
    const scale = load<i32>(beforeScale + (<usize>s << 2)) - wholeScale;
    store<f64>(
      marginalsOfNodes + (<usize>s << 3),
      scaled(share * load<f64>(after + (<usize>s << 3)), scale + load<i32>(afterScale + (<usize>s << 2))),
    );
    if (s == length) break;
    for (let e = rowAt(s), stop = rowAt(s + 1); e < stop; e++) {
      const to = <usize>load<i32>(ends + (<usize>e << 2));
      const onward = load<f64>(weights + (<usize>e << 3)) * load<f64>(after + (to << 3));
      store<f64>(edges + (<usize>e << 3), scaled(share * onward, scale + load<i32>(afterScale + (to << 2))));
    }
  }
  return true;
}

/** value · 2^power, for a result that is a probability. */
// @ts-ignore: decorator
@inline
function scaled(value: f64, power: i32): f64 {
  return power == 0 ? value : scaledFar(value, power);
}

function scaledFar(value: f64, power: i32): f64 {
  for (; power <= -STEP; power += STEP) value *= 1 / LARGE_SQUARED;
  for (; power >= STEP; power -= STEP) value *= LARGE_SQUARED;
  return value;
}
