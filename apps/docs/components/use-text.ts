import type { Model, TextLattice } from "@lemmata/lattice";
import { countPaths, latticeOf } from "@lemmata/lattice";
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
import type { OwnModel } from "./own-model.ts";

/** A text longer than this is cut, so that a page never waits long for its figure. */
export const LONGEST = 10_000;

/** The part of a desk that reads: a text, a model, and the lattice of the one under the other. */
export interface TextDesk {
  readonly text: Ref<string>;
  /** A bundled model, or the reader's own. */
  readonly choice: Ref<Language | "own">;
  readonly own: ShallowRef<OwnModel | undefined>;
  readonly model: ShallowRef<Model | undefined>;
  /** Why there is no model, if loading failed. */
  readonly fault: Ref<string | undefined>;
  /** The text as far as it is used. */
  readonly used: ComputedRef<string>;
  readonly cut: ComputedRef<boolean>;
  /** Undefined while there is no model, no text, or no segmentation. */
  readonly lattice: ComputedRef<TextLattice | undefined>;
  /** Why the model has no lattice of a text. */
  readonly obstacle: ComputedRef<string | undefined>;
  readonly load: () => Promise<void>;
  /** Goes on with a model of the reader's own. */
  readonly adopt: (own: OwnModel) => void;
}

/** Begins with the bundled `word` or `sentence`; a text that is still a bundled one changes with the language. */
export function useText(kind: "word" | "sentence"): TextDesk {
  const choice = ref<Language | "own">("English");
  const own = shallowRef<OwnModel>();
  const text = ref(languages.English[kind]);
  const model = shallowRef<Model>();
  const fault = ref<string>();

  const load = async (): Promise<void> => {
    const wanted = choice.value;
    fault.value = undefined;
    if (wanted === "own") {
      model.value = own.value?.model;
      return;
    }
    try {
      const loaded = await loadModel(wanted);
      if (choice.value === wanted) model.value = loaded;
    } catch (error) {
      if (choice.value === wanted) fault.value = (error as Error).message;
    }
  };
  onMounted(load);
  watch(choice, (now) => {
    const bundled = Object.values(languages).some((language) => language[kind] === text.value);
    if (now !== "own" && bundled) text.value = languages[now][kind];
    model.value = undefined;
    return load();
  });
  const adopt = (adopted: OwnModel): void => {
    own.value = adopted;
    if (choice.value === "own") model.value = adopted.model;
    else choice.value = "own";
  };

  const used = computed(() => text.value.slice(0, LONGEST));
  const reading = computed(() => (model.value === undefined ? {} : read(model.value, used.value)));
  return {
    text,
    choice,
    own,
    model,
    fault,
    used,
    cut: computed(() => text.value.length > LONGEST),
    lattice: computed(() => reading.value.lattice),
    obstacle: computed(() => reading.value.obstacle),
    load,
    adopt,
  };
}

/** The lattice of a text, or why there is none to show. A model of the reader's own may have surprises. */
function read(model: Model, text: string): { lattice?: TextLattice; obstacle?: string } {
  if (text.trim() === "") return { obstacle: "Nothing to segment yet: type something above." };
  try {
    const lattice = latticeOf(model, text);
    if (lattice.length === 0) return { obstacle: "The model's own rules leave nothing of this text." };
    if (countPaths(lattice) === 0n)
      return { obstacle: "The pieces of this model do not cover the text, so it has no segmentation." };
    return { lattice };
  } catch (error) {
    return { obstacle: `This model cannot segment the text: ${(error as Error).message}.` };
  }
}
