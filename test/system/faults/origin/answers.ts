import type { Body } from "./bodies.ts";
import type { Asked, Misbehaviour } from "./raw-origin.ts";
import type { Wire } from "./wire.ts";

export type Fields = Readonly<Record<string, string | number>>;

/** A status line and header fields; what follows is the body. */
export function head(status: number, fields: Fields): string {
  const lines = Object.entries({ date: new Date().toUTCString(), connection: "close", ...fields });
  return `HTTP/1.1 ${status} Said\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}

/** An answer without a body. */
export function status(code: number, fields: Fields = {}): Misbehaviour {
  return async (_, wire) => await wire.send(head(code, { "content-length": 0, ...fields }));
}

/** What an origin says of a body as a whole. */
export function saysOf({ bytes, etag }: Body): Fields {
  return {
    "content-type": "application/octet-stream",
    "accept-ranges": "bytes",
    "content-length": bytes.length,
    etag,
  };
}

/** `bytes=1-2` of the request; `null`: the whole. */
export function rangeOf({ fields }: Asked): { readonly first: number; readonly last: number } | null {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(fields.get("range") ?? "") ?? [];
  return first === undefined ? null : { first: Number(first), last: Number(last) };
}

/** As an origin should: a 200, a 206 or a 412. `fields` stand over what it says of the body. */
export function well(body: Body, fields: Fields = {}): Misbehaviour {
  return async (asked, wire) => {
    const match = asked.fields.get("if-match");
    if (match !== undefined && match !== body.etag) return await wire.send(head(412, { "content-length": 0 }));
    const range = rangeOf(asked);
    if (!range) return await sendCut(wire, body, body.bytes.length, fields);
    await sendRange(wire, body, range, fields);
  };
}

/** A 206 with the bytes of a range, whatever `fields` say of it. */
export async function sendRange(
  wire: Wire,
  body: Body,
  { first, last }: { readonly first: number; readonly last: number },
  fields: Fields = {},
): Promise<void> {
  const part = body.bytes.subarray(first, last + 1);
  const range = { "content-length": part.length, "content-range": `bytes ${first}-${last}/${body.bytes.length}` };
  await wire.send(head(206, { ...saysOf(body), ...range, ...fields }));
  await wire.send(part);
}

/** A 200 of which only so many bytes come. */
export async function sendCut(wire: Wire, body: Body, bytes: number, fields: Fields = {}): Promise<void> {
  await wire.send(head(200, { ...saysOf(body), ...fields }));
  await wire.send(body.bytes.subarray(0, bytes));
}

/** One thing at the first request, and another from then on. */
export function once(first: Misbehaviour, then: Misbehaviour): Misbehaviour {
  return inTurn(first, then);
}

/** One thing after the other; the last for ever. A probe is answered as the request after it will be. */
export function inTurn(...each: readonly Misbehaviour[]): Misbehaviour {
  return async (asked, wire) => await each[Math.min(asked.turn, each.length) - 1]?.(asked, wire);
}
