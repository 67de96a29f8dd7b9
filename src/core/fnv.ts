/**
 * FNV-1a of a text's UTF-16 code units, as 32 bits with a sign: spreads texts evenly, and is no secret's keeper.
 * http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
