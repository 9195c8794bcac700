// Where things are in the memory of an instance, which serves one model. The caller lays it out, hands over the
// addresses and writes the model and the text; nothing in these files allocates.

/** The trie of the pieces: 8 bytes a node, of which the first half holds base and label, the second the piece's id. */
export let trie: usize = 0;
export let trieNodes: u32 = 0;
/** Score of each label, f64. */
export let labelScore: usize = 0;
export let unkId: i32 = -1;
/** Whether an edge may begin at any byte. */
export let byteLevel: bool = false;
/** What is behind each character below U+10000, 8 bytes each, and which go on from it, 65,536 bytes: see scan.ts. */
export let roots: usize = 0;
export let filter: usize = 0;
/** Weight of each label, f64, for draws. */
export let weights: usize = 0;

export let rules: usize = 0;
export let ruleUnits: u32 = 0;
export let replacements: usize = 0;
/** Trie of the kept pieces; 0 for none. */
export let kept: usize = 0;
/** What is known of each character below U+10000, a byte each: see normalize.ts. */
export let classes: usize = 0;
export let addDummyPrefix: bool = false;
export let removeExtraSpaces: bool = false;
export let escapeSpaces: bool = false;
export let spaceAsSuffix: bool = false;

/** The words that are remembered, for the best path and for draws: see words.ts and drawn-words.ts. */
export let words: usize = 0;
export let drawnWords: usize = 0;

export let input: usize = 0;
/** The normalised text. */
export let bytes: usize = 0;
/** UTF-16 offset of the source of each normalised byte, and of the end, i32. */
export let origin: usize = 0;
/** Nodes of the search, 16 bytes each, one more than there are bytes. */
export let nodes: usize = 0;
/** Labels of the path, or ids, i32. */
export let labels: usize = 0;
/** Ends of its edges, i32, or offsets, two for each id. */
export let ends: usize = 0;
/** How many normalised bytes there is room for. */
export let capacity: i32 = 0;

export function setVocabulary(
  trieAt: usize,
  nodeCount: u32,
  labelScoreAt: usize,
  unk: i32,
  fromAnyByte: bool,
  rootsAt: usize,
  filterAt: usize,
  weightsAt: usize,
): void {
  trie = trieAt;
  trieNodes = nodeCount;
  labelScore = labelScoreAt;
  unkId = unk;
  byteLevel = fromAnyByte;
  roots = rootsAt;
  filter = filterAt;
  weights = weightsAt;
}

export function setNormalizer(
  rulesAt: usize,
  units: u32,
  replacementsAt: usize,
  keptAt: usize,
  classesAt: usize,
  dummyPrefix: bool,
  removeExtra: bool,
  escape: bool,
  suffix: bool,
): void {
  rules = rulesAt;
  ruleUnits = units;
  replacements = replacementsAt;
  kept = keptAt;
  classes = classesAt;
  addDummyPrefix = dummyPrefix;
  removeExtraSpaces = removeExtra;
  escapeSpaces = escape;
  spaceAsSuffix = suffix;
}

export function setWords(wordsAt: usize, drawnWordsAt: usize): void {
  words = wordsAt;
  drawnWords = drawnWordsAt;
}

export function setWork(
  inputAt: usize,
  bytesAt: usize,
  originAt: usize,
  nodesAt: usize,
  labelsAt: usize,
  endsAt: usize,
  room: i32,
): void {
  input = inputAt;
  bytes = bytesAt;
  origin = originAt;
  nodes = nodesAt;
  labels = labelsAt;
  ends = endsAt;
  capacity = room;
}

/** Bytes of the character that begins with this byte. */
// @ts-ignore: decorator
@inline
export function characterLength(lead: u32): i32 {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}
