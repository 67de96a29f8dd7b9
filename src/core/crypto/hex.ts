import type { NativeBytes } from "./native-bytes.ts";

/** Lower-case hexadecimal. */
export function toHex(bytes: NativeBytes): string {
  return bytes.toHex?.() ?? Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of hexadecimal text in any letter case, or `null` when it is anything else. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 2 === 1) return null;
  const bytes = new Uint8Array(text.length / 2);
  // A closure for each byte would cost a signature's check a third of its time.
  for (let at = 0; at < bytes.length; at += 1) {
    const [high, low] = [digitOf(text.charCodeAt(2 * at)), digitOf(text.charCodeAt(2 * at + 1))];
    if (high < 0 || low < 0) return null;
    bytes[at] = high * 16 + low;
  }
  return bytes;
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
