/** All that `--help` says. */
export const help = `Usage: lemmata-sample --model FILE [options] [FILE…]

Segments text in UTF-8 at random, line by line, from files or from standard input: each segmentation of a line is drawn
with exactly the probability that the model gives it. Lines keep their order.

What a line gives depends on the seed, the epoch, the number of the line and its text, and on nothing else: not on the
number of threads, nor on how the text is split, if --first-line says where a part begins.

Options
  --model FILE     the model: a SentencePiece .model, a tokenizer.json or a BytePiece file
  --alpha NUMBER   inverse temperature: 1, if left out, is the model's own law; 0 draws all segmentations alike; small
                   values cost tokens
  --dropout P      for BPE and WordPiece, in place of --alpha (which can only be 0 for them): the probability with which
                   each merge is skipped, or each longer piece passed over
  --nbest N        draws among the N best segmentations alone, rather than among all
  --seed N         an integer; 0 if left out
  --epochs N       draws the files N times, one time after another, anew each time; 1 if left out
  --epoch N        draws epoch N alone, counted from 0, as --epochs would
  --first-line N   the number of the first line, counted from 0, where the input is a part of a text; 0 if left out
  --format FORMAT  what to write:
                     ids     the ids of a line in a line, with spaces between them (the default)
                     pieces  the pieces of a line in a line, with spaces between them
                     jsonl   a line of JSON for each: ids, pieces, offsets, and but for --dropout score, logProbability
                     npy     numpy arrays: all ids end to end, uint16 if they fit, else int32; and
                             beside OUTPUT.npy, in OUTPUT.rows.npy, where each line begins (int64)
                     u16     all ids end to end in 16 bits each, little-endian
                     u32     the same in 32 bits
                   without the special tokens that a tokenizer.json puts around a text
  --output FILE    writes to a file, which appears when it is complete; else to standard output
  --threads N      draws in N threads; 1 if left out
  --version        prints the version

Example
  lemmata-sample --model en.model --alpha 0.2 --epochs 10 --format npy --output ids.npy --threads 4 corpus.txt
`;
