import type { Model, TextLattice } from "@lemmata/lattice";
import { latticeOf } from "@lemmata/lattice";
import {
  computed,
  type ComputedRef,
  onMounted,
  type Ref,
  ref,
  shallowRef,
  type ShallowRef,
  watch,
} from "vue";
import { type Language, languages, loadModel } from "./models.ts";

/** A text longer than this is cut, so that a page never waits long for its figure. */
export const LONGEST = 10_000;

/** The part of a desk that reads: a text, a model, and the lattice of the one under the other. */
export interface TextDesk {
  readonly text: Ref<string>;
  readonly language: Ref<Language>;
  readonly model: ShallowRef<Model | undefined>;
  /** Why there is no model, if loading failed. */
  readonly fault: Ref<string | undefined>;
  /** Undefined while there is no model or no text. */
  readonly lattice: ComputedRef<TextLattice | undefined>;
  readonly cut: ComputedRef<boolean>;
  readonly load: () => Promise<void>;
}

/** Begins with the bundled `word` or `sentence`; a text that is still the bundled one changes with the language. */
export function useText(kind: "word" | "sentence"): TextDesk {
  const language = ref<Language>("English");
  const text = ref(languages.English[kind]);
  const model = shallowRef<Model>();
  const fault = ref<string>();

  const load = async (): Promise<void> => {
    const wanted = language.value;
    fault.value = undefined;
    try {
      const loaded = await loadModel(wanted);
      if (language.value === wanted) model.value = loaded;
    } catch (error) {
      if (language.value === wanted) fault.value = (error as Error).message;
    }
  };
  onMounted(load);
  watch(language, (now, before) => {
    if (text.value === languages[before][kind]) text.value = languages[now][kind];
    model.value = undefined;
    return load();
  });

  const lattice = computed(() => {
    if (model.value === undefined) return undefined;
    const built = latticeOf(model.value, text.value.slice(0, LONGEST));
    return built.length === 0 ? undefined : built;
  });
  return { text, language, model, fault, lattice, cut: computed(() => text.value.length > LONGEST), load };
}
