import { hangUp, type Target } from "../load/ask.ts";
import type { DeliveryFigures } from "../measure/delivery-figures.ts";
import { type DeliveryGroup, type DeliveryWay, measureDelivery } from "../measure/measure-delivery.ts";
import { deliveryTable } from "../report/delivery-table.ts";
import { deliveryJson } from "../report/json.ts";
import type { DeliverySocket } from "../server/delivery-config.ts";
import { type DeliveryServer, type DeliverySizes, startDeliveryServer } from "../server/start-delivery-server.ts";
import { DELIVERY_HOST, type LinkedCopy } from "../world/delivery-world.ts";
import type { Report } from "./benchmark.ts";

const MIB = 2 ** 20;
const SIZES: DeliverySizes = { large: { bytes: 100 * MIB, count: 1 }, small: { bytes: 16 * 2 ** 10, count: 10_000 } };
/** Rounds of small objects; one of the large one for each four. */
const ROUNDS = 24;
const RANGE_BYTES = MIB;
/** Now and then an isolate has to learn anew what was withdrawn, and serves from the store meanwhile. */
const NEAR = /detail=(edge|store)$/;

/** Downloads through `/f/` against a bare Worker that pipes R2 through, and against nginx with the same files. */
export async function delivery(rounds = ROUNDS, sizes = SIZES): Promise<Report> {
  const server = await startDeliveryServer(sizes);
  try {
    const figures: DeliveryFigures[] = [];
    for (const [what, group] of Object.entries(groupsOf(server, sizes, rounds))) {
      figures.push(...(await measureDelivery(group, `nginx ${what}`)));
    }
    const asked = await server.asked();
    if (asked > 0) throw new Error(`these are no downloads: ${asked} requests went out`);
    const missing = server.files ? "" : "; no nginx on this machine to compare with";
    return {
      title: `CPU of a download through /f/ against a bare Worker that pipes R2 through${missing}`,
      table: deliveryTable(figures),
      verdict: verdict(figures),
      json: deliveryJson(figures),
    };
  } finally {
    hangUp();
    await server.stop();
  }
}

/** What is measured, by what is downloaded. */
function groupsOf(server: DeliveryServer, sizes: DeliverySizes, rounds: number): Record<string, DeliveryGroup> {
  const { large, small } = sizes;
  const some = Math.max(1, Math.ceil(rounds / 4));
  const range = `bytes=${MIB}-${MIB + RANGE_BYTES - 1}`;
  return {
    "16KiB": {
      ...{ bytes: small.bytes, requests: 500, leadIn: 50, atOnce: 16, warmUpRounds: Math.min(6, rounds), rounds },
      ways: waysOf(server, "16KiB", "small", { status: 200, bytes: small.bytes }),
    },
    "1MiB-range": {
      ...{ bytes: RANGE_BYTES, requests: 64, leadIn: 4, atOnce: 4, warmUpRounds: 1, rounds: some },
      ways: waysOf(server, "1MiB-range", "large", { status: 206, bytes: RANGE_BYTES, range }),
    },
    "100MiB": {
      ...{ bytes: large.bytes, requests: 2, leadIn: 1, atOnce: 1, warmUpRounds: 1, rounds: some },
      ways: waysOf(server, "100MiB", "large", { status: 200, bytes: large.bytes }),
    },
  };
}

type Wanted = { readonly status: number; readonly bytes: number; readonly range?: string };

function waysOf(server: DeliveryServer, what: string, size: keyof DeliverySizes, wanted: Wanted): DeliveryWay[] {
  const { pid, port, files } = server;
  const copies = server.copies[size];
  const base = `pipe ${what}`;
  const target = (at: number, path: string, headers: Target["headers"] = {}): Target => ({
    ...{ port: at, host: DELIVERY_HOST, path, status: wanted.status },
    ...(wanted.range && { fields: { range: wanted.range } }),
    headers: { ...headers, "content-length": new RegExp(`^${wanted.bytes}$`) },
  });
  const linked = (socket: DeliverySocket, from: RegExp) =>
    copies.map(({ path }) => target(port(socket), path, { "cache-status": from }));
  const piped = copies.map(({ object }: LinkedCopy) => target(port("pipe"), `/${object}`));
  const ways = [
    { name: base, base, pid, targets: piped },
    { name: `/f/ ${what}`, base, pid, targets: linked("api", /detail=store$/) },
    { name: `/f/ cached ${what}`, base, pid, targets: linked("cached", NEAR) },
  ];
  if (!files) return ways;
  const served = copies.map((_, at) => target(files.port, `/${size}-${at}`));
  return [...ways, { name: `nginx ${what}`, base, pid: files.pid, targets: served }];
}

function verdict(figures: readonly DeliveryFigures[]): string {
  const ours = figures.filter(({ name }) => name.startsWith("/f/ ") && !name.startsWith("/f/ cached"));
  const said = ours.map(({ name, ratio, ofBase }) => {
    const share = (ofBase * 100).toFixed(0);
    return `${name}: ${ratio.toFixed(2)} times the CPU of the bare pipe, ${share} % of its requests a second`;
  });
  return said.join("\n");
}
