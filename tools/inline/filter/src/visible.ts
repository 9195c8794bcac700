/** A text with a picture in place of each control character, so that it can do nothing to a terminal or a file. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\ufffe\uffff]/gu, (char) => {
    const code = char.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "\u2421" : "\ufffd";
  });
}
