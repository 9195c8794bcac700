"""One row of a golden file, as SentencePiece (Debian's python3-sentencepiece) segments a text."""
from sentencepiece import sentencepiece_pb2


def utf16_offsets(text):
    """UTF-16 offset of every byte offset at which a character of the text begins, and of its end."""
    at, unit, table = 0, 0, {}
    for char in text:
        table[at] = unit
        at += len(char.encode("utf-8"))
        unit += 2 if ord(char) > 0xFFFF else 1
    table[at] = unit
    return table


def row_of(processor, text, best=True):
    row = {"text": text, "ids": processor.encode(text), "pieces": processor.encode(text, out_type=str)}
    row["decoded"] = processor.decode(row["ids"])
    if len(text) <= 200:
        table = utf16_offsets(text)
        parsed = sentencepiece_pb2.SentencePieceText()
        parsed.ParseFromString(processor.encode_as_serialized_proto(text))
        row["offsets"] = [table[at] for piece in parsed.pieces for at in (piece.begin, piece.end)]
    if best and 0 < len(text) <= 60 and row["ids"]:
        best = processor.nbest_encode_as_immutable_proto(text, 5)
        row["nbest"] = [[[piece.id for piece in n.pieces], n.score] for n in best.nbests]
        row["entropy"] = {str(alpha): processor.calculate_entropy(text, alpha) for alpha in (0.1, 0.5, 1.0)}
    return row
