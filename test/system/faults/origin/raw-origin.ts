import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { parseOriginRule } from "../../../../src/core/origins/parse-rule.ts";
import type { OriginRule } from "../../../../src/core/tenant.ts";
import { parseAsked } from "./parse-asked.ts";
import { type Wire, wireOf } from "./wire.ts";

/** One request. */
export type Asked = {
  readonly path: string;
  /** Lower-case names. */
  readonly fields: ReadonlyMap<string, string>;
  /** Of the requests so far that are no probe, which this is, from 1. */
  readonly turn: number;
  /** Ms since the epoch. */
  readonly at: number;
};

/** What an origin does with a request; the connection ends with it. */
export type Misbehaviour = (asked: Asked, wire: Wire) => Promise<void> | void;

/** An origin that speaks HTTP as badly as it is told to: it writes to the socket, and nothing corrects it. */
export type RawOrigin = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** But the probes of one byte. */
  readonly asked: readonly Asked[];
  /** Bytes of bodies and heads that were sent. */
  sent(): number;
  /** Connections that nobody has ended yet. */
  open(): number;
  rule(): OriginRule;
  stop(): Promise<void>;
};

const PROBE = "bytes=0-0";

/** Starts one on a free port. */
export async function startRawOrigin(misbehave: Misbehaviour): Promise<RawOrigin> {
  const asked: Asked[] = [];
  const open = new Set<Socket>();
  let sent = 0;

  async function serve(socket: Socket): Promise<void> {
    const request = await parseAsked(socket);
    if (!request) return;
    const probe = request.fields.get("range") === PROBE;
    const one: Asked = { ...request, turn: asked.length + 1, at: Date.now() };
    if (!probe) asked.push(one);
    const wire = wireOf(socket, (bytes) => {
      sent += bytes;
    });
    await misbehave(one, wire);
    socket.end();
  }

  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
    serve(socket).catch(() => socket.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    sent: () => sent,
    open: () => open.size,
    rule() {
      const rule = parseOriginRule(url, "public");
      if (!rule) throw new Error(`${url} makes no rule`);
      return rule;
    },
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
