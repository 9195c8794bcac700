/** Wire types of the protobuf encoding. */
const VARINT = 0;
const BYTES = 2;
const FLOAT = 5;

/** A field's tag: its number in google/sentencepiece's `sentencepiece_model.proto`, and the wire type of its values. */
const tagOf = (field: number, wireType: number): number => (field << 3) | wireType;

type Tags<Field extends string> = Readonly<Record<Field, number>>;

export const MODEL: Tags<"pieces" | "trainerSpec" | "normalizerSpec" | "denormalizerSpec"> = {
  pieces: tagOf(1, BYTES),
  trainerSpec: tagOf(2, BYTES),
  normalizerSpec: tagOf(3, BYTES),
  denormalizerSpec: tagOf(5, BYTES),
};
export const PIECE: Tags<"piece" | "score" | "type"> = {
  piece: tagOf(1, BYTES),
  score: tagOf(2, FLOAT),
  type: tagOf(3, VARINT),
};
export const TRAINER: Tags<
  | "modelType"
  | "vocabSize"
  | "treatWhitespaceAsSuffix"
  | "byteFallback"
  | "unkId"
  | "bosId"
  | "eosId"
  | "padId"
  | "unkSurface"
  | "unkPiece"
  | "bosPiece"
  | "eosPiece"
  | "padPiece"
> = {
  modelType: tagOf(3, VARINT),
  vocabSize: tagOf(4, VARINT),
  treatWhitespaceAsSuffix: tagOf(24, VARINT),
  byteFallback: tagOf(35, VARINT),
  unkId: tagOf(40, VARINT),
  bosId: tagOf(41, VARINT),
  eosId: tagOf(42, VARINT),
  padId: tagOf(43, VARINT),
  unkSurface: tagOf(44, BYTES),
  unkPiece: tagOf(45, BYTES),
  bosPiece: tagOf(46, BYTES),
  eosPiece: tagOf(47, BYTES),
  padPiece: tagOf(48, BYTES),
};
export const NORMALIZER: Tags<
  | "name"
  | "precompiledCharsmap"
  | "addDummyPrefix"
  | "removeExtraWhitespaces"
  | "escapeWhitespaces"
  | "normalizationRuleTsv"
> = {
  name: tagOf(1, BYTES),
  precompiledCharsmap: tagOf(2, BYTES),
  addDummyPrefix: tagOf(3, VARINT),
  removeExtraWhitespaces: tagOf(4, VARINT),
  escapeWhitespaces: tagOf(5, VARINT),
  normalizationRuleTsv: tagOf(6, BYTES),
};

/** The types of models that are read, as the field `modelType` numbers them. */
export const MODEL_TYPE = { unigram: 1, bpe: 2 } as const;
