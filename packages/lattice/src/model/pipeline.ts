/**
 * How a text becomes pre-tokens, and ids text again, where a model's file says it step by step. Plain data, made by the
 * reader of such a file. A pattern is the source of a JavaScript regular expression with the flags `gu`.
 */
export interface Pipeline {
  /** Tokens that are found in the text before anything is segmented. */
  readonly added: readonly AddedToken[];
  /** Applied one after the other to each stretch between added tokens. */
  readonly normalizers: readonly NormalizeStep[];
  /** Applied one after the other to the normalised stretches: what comes out are the pre-tokens. */
  readonly splitters: readonly SplitStep[];
  readonly template: Template;
  /** Applied one after the other to the list of pieces; null: the pieces, with spaces between them. */
  readonly decoders: readonly DecodeStep[] | null;
  /** What `encodeTruncated` and `modelInputs` do if not told otherwise; null for nothing. `encode` never cuts. */
  readonly truncation: Truncation | null;
  readonly padding: Padding | null;
}

/** How texts that are too long are cut. */
export interface Truncation {
  /** The most ids there may be, special tokens included. */
  readonly maxLength: number;
  /** How many pieces of a row begin the next one too, where what is cut goes into rows of its own. */
  readonly stride: number;
  readonly strategy: TruncationStrategy;
  /** The end that is cut. */
  readonly side: Side;
}

/**
 * Which text of a pair is cut: the longer one, down to the length of the other and then both alike, or always the first
 * or the second.
 */
export type TruncationStrategy = "longest_first" | "only_first" | "only_second";

export type Side = "left" | "right";

/** How rows are made equally long, with the model's padding piece. */
export interface Padding {
  /** The length of all rows, or that of the longest. */
  readonly to: number | "longest";
  /** The length is rounded up to a multiple of this. */
  readonly multipleOf: number;
  /** Where the padding goes. */
  readonly side: Side;
  readonly typeId: number;
}

/** The pre-tokens of a text: no piece goes beyond one. */
export interface PreTokens {
  /** Where each ends, as a byte offset; the next one begins there. */
  readonly end: Int32Array;
  /** The id of the added token that it is, or −1. */
  readonly added: Int32Array;
}

/** A token that stands for a stretch of text as it is. */
export interface AddedToken {
  readonly id: number;
  /** What it is found as: its content, normalised if `normalized`. */
  readonly pattern: string;
  /** Whether it is looked for in the normalised text rather than in the text as given. */
  readonly normalized: boolean;
  /** It takes the white space before it (after it) along. */
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  /** It stands only where no word goes on before or after it. */
  readonly singleWord: boolean;
  /** Decoding leaves it out unless asked. */
  readonly special: boolean;
}

export type NormalizeStep =
  /** A character map as in {@link Normalizer}. */
  | { readonly type: "charsmap"; readonly rules: Uint32Array; readonly replacements: Uint8Array }
  | { readonly type: "replace"; readonly pattern: string; readonly content: string }
  | { readonly type: "unicode"; readonly form: "NFC" | "NFD" | "NFKC" | "NFKD" }
  | { readonly type: "lowercase" }
  /** Leaves out the characters that match. */
  | { readonly type: "remove"; readonly pattern: string }
  /** White space at the ends goes. */
  | { readonly type: "strip"; readonly left: boolean; readonly right: boolean }
  | { readonly type: "prepend"; readonly content: string }
  /** Puts a space on either side of the characters that match. */
  | { readonly type: "isolate"; readonly pattern: string };

export type SplitStep =
  /** A space becomes the mark, which may go before the stretch, and may begin a pre-token wherever it stands. */
  | {
      readonly type: "metaspace";
      readonly mark: string;
      readonly prepend: "always" | "first" | "never";
      readonly split: boolean;
    }
  /** Goes before each stretch that does not begin with it. */
  | { readonly type: "prefix"; readonly content: string }
  /** Cuts around matches of the pattern; if `invert`, what lies between them counts as the matches. */
  | {
      readonly type: "split";
      readonly pattern: string;
      readonly invert: boolean;
      readonly behavior: SplitBehavior;
    };

/** What becomes of a match: it goes, stands alone, joins a neighbour, or joins the matches beside it. */
export type SplitBehavior = "Removed" | "Isolated" | "MergedWithPrevious" | "MergedWithNext" | "Contiguous";

/** What goes around a text, and around a pair of texts, when special tokens are asked for. Each text is there once. */
export interface Template {
  readonly single: readonly TemplateItem[];
  readonly pair: readonly TemplateItem[];
  /**
   * Whether offsets leave out white space at the ends of pieces, and whether they keep one space before the text's first
   * piece, which may be one that was put there; null for leaving offsets as they are.
   */
  readonly trim: { readonly keepsFirst: boolean } | null;
}

/** The first (0) or second (1) text, or special tokens; `typeId` tells the parts of a pair apart. */
export type TemplateItem =
  | { readonly text: 0 | 1; readonly typeId: number }
  | { readonly ids: readonly number[]; readonly pieces: readonly string[]; readonly typeId: number };

export type DecodeStep =
  /** The mark becomes a space; in the first piece it goes, if `prefixed`. */
  | { readonly type: "metaspace"; readonly mark: string; readonly prefixed: boolean }
  | { readonly type: "replace"; readonly pattern: string; readonly content: string }
  /** All pieces become one. */
  | { readonly type: "fuse" }
  /** Takes up to `start` and `stop` times `content`, a character, from the ends of each piece. */
  | { readonly type: "strip"; readonly content: string; readonly start: number; readonly stop: number }
  /** Runs of pieces of the form <0xAB> become the text that they spell. */
  | { readonly type: "bytes" }
  /** All pieces become the text that their characters spell, each of which stands for a byte. */
  | { readonly type: "byteLevel" }
  /** All pieces become the text that their bytes spell, without those of no character; a piece may have <0xAB> for one. */
  | { readonly type: "byteNames" }
  /** A space goes before each piece but the first, or what it begins with inside a word goes. */
  | { readonly type: "wordPiece"; readonly prefix: string; readonly cleanup: boolean }
  /** What pieces end with at the end of a word becomes a space, in the last piece nothing. */
  | { readonly type: "suffix"; readonly suffix: string };
