/** What a worker says to a question: the answer, or why there is none. */
export type Reply<Answer> = { readonly answer: Answer } | { readonly reason: string };

/** Makes a worker answer each message that comes, one after the other. */
export function answering(answer: (question: never) => unknown): void {
  self.addEventListener("message", ({ data }: MessageEvent) => {
    let reply: Reply<unknown>;
    try {
      reply = { answer: answer(data as never) };
    } catch (error) {
      reply = { reason: (error as Error).message };
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker posts to its page alone
    self.postMessage(reply);
  });
}
