/** Text of any characters in a parameter of a field (RFC 8187 section 3.2). */
export function extendedValue(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed()).replace(/['()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return `UTF-8''${encoded}`;
}
