/** One value of DER (ITU-T X.690). `end`: where the next one begins. */
export type DerValue = { readonly tag: number; readonly content: Uint8Array; readonly end: number };

export const DER = { integer: 0x02, bitString: 0x03, objectId: 0x06, sequence: 0x30 } as const;

/** Longest content that is read, in bytes: keys and signatures are far shorter. */
const MAX_LENGTH = 0xffff;

/** The value at this place, or `null` when its length is cut, indefinite, or not in its shortest form. */
export function readDer(bytes: Uint8Array, at = 0): DerValue | null {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return null;
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  if (first === 0x80 || lengthBytes > 2) return null;
  const start = at + 2 + lengthBytes;
  const long = bytes.subarray(at + 2, start).reduce((total, byte) => total * 256 + byte, 0);
  const length = lengthBytes === 0 ? first : long;
  if (lengthBytes > 0 && long < (lengthBytes === 1 ? 0x80 : 0x100)) return null;
  const end = start + length;
  return length > MAX_LENGTH || end > bytes.length ? null : { tag, content: bytes.subarray(start, end), end };
}

/** The values that fill these bytes to the last one, or `null`. */
export function readDerList(bytes: Uint8Array): readonly DerValue[] | null {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length; at = values.at(-1)?.end ?? bytes.length) {
    const value = readDer(bytes, at);
    if (!value) return null;
    values.push(value);
  }
  return values;
}

export function writeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = contents.reduce((total, content) => total + content.length, 0);
  const header =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Uint8Array.from([...header, ...contents.flatMap((content) => [...content])]);
}
