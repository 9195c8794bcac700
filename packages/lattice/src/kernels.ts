/** A kernel's module, which is compiled when it is first asked for; undefined where WebAssembly may not be used. */
export function kernel(base64: string): () => WebAssembly.Module | undefined {
  let compiled: WebAssembly.Module | null | undefined;
  return () => {
    if (compiled === undefined) {
      try {
        const text = atob(base64);
        // A plain loop: it runs once, before anything is compiled.
        const bytes = new Uint8Array(text.length);
        for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
        compiled = new WebAssembly.Module(bytes);
      } catch {
        // A strict content-security policy.
        compiled = null;
      }
    }
    return compiled ?? undefined;
  };
}
