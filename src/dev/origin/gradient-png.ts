import { Buffer } from "node:buffer";
import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const RGB_8_BIT = [8, 2, 0, 0, 0];

/** A PNG (RFC 2083) of a soft colour gradient with rings in it. */
export function gradientPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(RGB_8_BIT, 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels(width, height))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function pixels(width: number, height: number): Buffer {
  // One byte in front of each row names its filter: 0, none.
  const rows = Buffer.alloc(height * (1 + width * 3));
  let at = 0;
  for (let y = 0; y < height; y++) {
    at++;
    for (let x = 0; x < width; x++) {
      const ring = Math.round(24 * Math.sin(Math.hypot(x - width / 2, y - height / 2) / 12));
      rows[at++] = Math.max(0, Math.min(255, 96 + ring + Math.round((96 * x) / width)));
      rows[at++] = Math.max(0, Math.min(255, 72 + ring + Math.round((120 * y) / height)));
      rows[at++] = Math.max(0, Math.min(255, 200 + ring - Math.round((80 * x * y) / (width * height))));
    }
  }
  return rows;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
