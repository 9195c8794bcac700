import chinese from "@lemmata/data/models/trained_zh_8000.model?url";
import english from "@lemmata/data/models/trained_en_8000.model?url";
import japanese from "@lemmata/data/models/spm_test_ja_model.model?url";
import type { Model } from "@lemmata/lattice";
import { readSentencePiece } from "@lemmata/lattice/sentencepiece";

export type Language = "English" | "Chinese" | "Japanese";

/** The bundled models: where the browser gets them, and texts to begin with. */
export const languages: Readonly<Record<Language, { address: string; word: string; sentence: string }>> = {
  English: { address: english, word: "understanding", sentence: "Understanding takes time." },
  Chinese: {
    address: chinese,
    word: "过了数日，玄德使人探听孔明",
    sentence: "三人回至新野，过了数日，玄德使人探听孔明。",
  },
  Japanese: {
    address: japanese,
    word: "人間というものを見た",
    sentence: "吾輩はここで始めて人間というものを見た。",
  },
};

const loading = new Map<Language, Promise<Model>>();

/** Fetches and reads a model, once; a failed fetch is tried again at the next call. */
export function loadModel(language: Language): Promise<Model> {
  let model = loading.get(language);
  if (model === undefined) {
    model = fetchModel(languages[language].address);
    model.catch(() => loading.delete(language));
    loading.set(language, model);
  }
  return model;
}

async function fetchModel(address: string): Promise<Model> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return readSentencePiece(new Uint8Array(await response.arrayBuffer()));
}
