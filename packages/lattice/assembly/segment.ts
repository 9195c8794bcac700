// Normalising a text, finding its best segmentation, all its edges, or a draw. An instance serves one model.
export { setNormalizer, setVocabulary, setWords, setWork } from "./segment/layout";
export { normalize } from "./segment/normalize";
export { bestPath, unknownsAt, writeEdges, writeIds, writePieces } from "./segment/best-path";
export { score, segmentWords, surveyPieces } from "./segment/words";
export { addEdge, findEdges, packEdges } from "./segment/edges";
export { backwardMasses, drawIds } from "./segment/draws";
export { drawWords, forgetDraws } from "./segment/drawn-words";
