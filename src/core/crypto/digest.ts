import { BLOCK_BYTES, compress, START } from "./sha256-blocks.ts";

/** What SHA-256 knows after some whole blocks: to go on from there spares them to whatever begins with them. */
export type Midstate = { readonly words: Readonly<Int32Array>; readonly bytes: number };

const NOTHING: Midstate = { words: START, bytes: 0 };

const encoder = new TextEncoder();
const words = new Int32Array(START.length);
/** Where messages are padded. What is hashed is short, and nothing else runs meanwhile, so one place does for all. */
let room = new Uint8Array(16 * 1024);
let blocks = new DataView(room.buffer);

/**
 * SHA-256 (FIPS 180-4) of bytes, or of a text's UTF-8; `after` goes before them. Here and not in Web Crypto, which
 * takes two to three times as long for what is as short as an identity, about as long for 700 bytes, and its caller has to
 * wait. For what is much longer Web Crypto is the better one.
 */
export function sha256(message: string | Uint8Array, after: Midstate = NOTHING): Uint8Array<ArrayBuffer> {
  const length = put(message);
  const end = length + 8 - ((length + 8) % BLOCK_BYTES) + BLOCK_BYTES;
  room.fill(0, length, end);
  room[length] = 0x80;
  const bits = 8 * (after.bytes + length);
  blocks.setUint32(end - 8, bits / 2 ** 32);
  blocks.setUint32(end - 4, bits);
  words.set(after.words);
  for (let at = 0; at < end; at += BLOCK_BYTES) compress(words, blocks, at);
  return bigEndian(words);
}

/** The state after a message of whole blocks. */
export function midstate(message: Uint8Array, after: Midstate = NOTHING): Midstate {
  const length = put(message);
  if (length % BLOCK_BYTES !== 0) throw new Error(`${length} bytes are not whole blocks`);
  words.set(after.words);
  for (let at = 0; at < length; at += BLOCK_BYTES) compress(words, blocks, at);
  return { words: words.slice(), bytes: after.bytes + length };
}

/** Puts a message at the beginning of the room, with some behind it for its padding. How many bytes it has. */
function put(message: string | Uint8Array): number {
  const most = (typeof message === "string" ? 3 : 1) * message.length + 2 * BLOCK_BYTES;
  if (most > room.length) {
    room = new Uint8Array(most);
    blocks = new DataView(room.buffer);
  }
  if (typeof message === "string") return encoder.encodeInto(message, room).written;
  room.set(message);
  return message.length;
}

function bigEndian(state: Int32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * state.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (state[at >> 2] as number) >> (24 - 8 * (at & 3));
  return bytes;
}
