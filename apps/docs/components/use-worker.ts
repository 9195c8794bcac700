import { onBeforeUnmount, ref, type Ref, shallowRef, type ShallowRef } from "vue";
import type { Reply } from "./answering.ts";

/** A worker's last answer, and the question that it was given to. */
export interface Asked<Question, Answer> {
  readonly question: Question;
  readonly answer: Answer;
}

/** A worker that a component asks, one question at a time. */
export interface Oracle<Question, Answer> {
  readonly last: ShallowRef<Asked<Question, Answer> | undefined>;
  /** Why the last question has no answer. */
  readonly fault: Ref<string | undefined>;
  readonly busy: Ref<boolean>;
  ask(question: Question): void;
}

/** While one question is being answered only the newest of the others waits: so figures follow what the reader does. */
export function useWorker<Question, Answer>(start: () => Worker): Oracle<Question, Answer> {
  const last = shallowRef<Asked<Question, Answer>>();
  const fault = ref<string>();
  const busy = ref(false);
  let worker: Worker | undefined;
  let waiting: Question | undefined;
  let current: Question;

  function next(): void {
    busy.value = waiting !== undefined;
    if (waiting === undefined) return;
    current = waiting;
    waiting = undefined;
    worker!.postMessage(current, []);
  }
  function hear(reply: Reply<Answer>): void {
    if ("answer" in reply) {
      last.value = { question: current, answer: reply.answer };
      fault.value = undefined;
    } else fault.value = reply.reason;
    next();
  }
  function begin(): Worker {
    const begun = start();
    begun.addEventListener("message", ({ data }: MessageEvent<Reply<Answer>>) => hear(data));
    begun.addEventListener("error", ({ message }) => {
      begun.terminate();
      worker = undefined;
      waiting = undefined;
      busy.value = false;
      fault.value = message || "the page's worker could not be loaded";
    });
    return begun;
  }
  onBeforeUnmount(() => worker?.terminate());
  return {
    last,
    fault,
    busy,
    ask(question) {
      worker ??= begin();
      waiting = question;
      if (!busy.value) next();
    },
  };
}
