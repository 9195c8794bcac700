/** A kernel's module, which is compiled when it is first asked for; undefined where WebAssembly may not be used. */
export function kernel(base64: string): () => WebAssembly.Module | undefined {
  let compiled: WebAssembly.Module | null | undefined;
  return () => {
    if (compiled === undefined) {
      try {
        compiled = new WebAssembly.Module(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
      } catch {
        // A strict content-security policy.
        compiled = null;
      }
    }
    return compiled ?? undefined;
  };
}
