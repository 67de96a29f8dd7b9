import { hasCurl } from "../load/curl.ts";
import type { FillFigures } from "../measure/fill-figures.ts";
import { type FillGroup, type FillWay, measureFills } from "../measure/measure-fills.ts";
import { fillTable } from "../report/fill-table.ts";
import { fillJson } from "../report/json.ts";
import { type FillServer, type FillWork, startFillServer } from "../server/start-fill-server.ts";
import type { Report } from "./benchmark.ts";

const MIB = 2 ** 20;
/** What the figures must be: `npm run bench -- fill` says where they are not. */
export const BARS = { ratio: 1.1, ratioWithSha256: 1.35, ofCurl: 0.6, growthMib: 32 };

/** What is measured of one size: so many objects in a round, and one round for each so many of the smallest size's. */
export type FillSize = { readonly bytes: number; readonly times: number; readonly roundsEach: number };

const SIZES: readonly FillSize[] = [
  { bytes: MIB, times: 64, roundsEach: 1 },
  { bytes: 100 * MIB, times: 1, roundsEach: 1 },
  { bytes: 1024 * MIB, times: 1, roundsEach: 3 },
];
const ROUNDS = 12;

/** Fills of several sizes against a bare `put(response.body)`, and against curl to disk. */
export async function fill(rounds = ROUNDS, sizes = SIZES): Promise<Report> {
  const server = await startFillServer(sizes.map(({ bytes }) => bytes));
  try {
    const curl = await hasCurl();
    const figures: FillFigures[] = [];
    for (const size of sizes) figures.push(...(await measureFills(groupOf(size, rounds, curl), server)));
    return {
      title: titleOf(server, curl),
      table: fillTable(figures),
      verdict: verdict(figures),
      json: fillJson(figures),
    };
  } finally {
    await server.stop();
  }
}

function titleOf({ origin }: FillServer, curl: boolean): string {
  const reference = curl ? "" : "; no curl on this machine to compare with";
  return `CPU of a fill against a bare put(response.body), the store discards, the origin is ${origin.by}${reference}`;
}

/** Up to 64 MiB one body is one put, and only whole fills go on side by side. Above, the parts of one do. */
function groupOf({ bytes, times, roundsEach }: FillSize, rounds: number, curl: boolean): FillGroup {
  const size = nameOf(bytes);
  const ways =
    bytes < 64 * MIB
      ? [
          ...against(`fill-bare-${size}`, { [`fill-floor-${size}`]: FLOOR, [`fill-put-${size}`]: CHOSEN }, 1),
          ...against(`fill-bare-4-at-once-${size}`, { [`fill-put-4-at-once-${size}`]: CHOSEN }, 4),
        ]
      : against(
          `fill-bare-${size}`,
          { [`fill-floor-${size}`]: FLOOR, [`fill-stream-${size}`]: STREAM, [`fill-parallel-${size}`]: PARALLEL },
          1,
        );
  const name = `curl-${size}`;
  if (curl) ways.push({ name, base: name, work: "curl" });
  return { bytes, times, ways, rounds: Math.ceil(rounds / roundsEach) };
}

type Work = Pick<FillWork, "how" | "manner">;

/** What no engine that sees the bytes can do for less. */
const FLOOR: Work = { how: "floor", manner: "ranges" };
const CHOSEN: Work = { how: "chosen", manner: "ranges" };
/** An origin that does no ranges leaves the engine no choice. */
const STREAM: Work = { how: "chosen", manner: "whole" };
const PARALLEL: Work = { how: "parallel", manner: "ranges" };

/** A bare put, and each way to fill without SHA-256 and with it. */
function against(base: string, works: Readonly<Record<string, Work>>, atOnce: number): FillWay[] {
  const bare: FillWork = { how: "bare", manner: "ranges", sha256: false, atOnce };
  return [
    { name: base, base, work: bare },
    ...Object.entries(works).flatMap(([name, work]) => [
      { name, base, work: { ...work, sha256: false, atOnce } },
      { name: `${name}-sha256`, base, work: { ...work, sha256: true, atOnce } },
    ]),
  ];
}

function nameOf(bytes: number): string {
  return bytes < 1024 * MIB ? `${bytes / MIB}MiB` : `${bytes / MIB / 1024}GiB`;
}

/** Which bars hold. */
function verdict(figures: readonly FillFigures[]): string {
  const engine = figures.filter(
    ({ name, base, ratio }) => ratio !== null && name !== base && !name.startsWith("fill-floor-"),
  );
  const missed = engine.flatMap(missedBars);
  if (missed.length === 0) return "All bars hold.";
  return ["These bars FAIL:", ...missed].join("\n  ");
}

/** What of the figures of one way is not as it must be. */
export function missedBars({ name, ratio, ofCurl, growthMib }: FillFigures): string[] {
  const most = name.endsWith("-sha256") ? BARS.ratioWithSha256 : BARS.ratio;
  const missed: string[] = [];
  if (ratio !== null && ratio > most)
    missed.push(`${name}: ${ratio.toFixed(2)} times the CPU of a bare put, not ${most}`);
  if (ofCurl !== null && ofCurl < BARS.ofCurl) missed.push(`${name}: ${ofCurl.toFixed(2)} of curl, not ${BARS.ofCurl}`);
  if (growthMib !== null && growthMib > BARS.growthMib) {
    missed.push(`${name}: grew by ${growthMib.toFixed(0)} MiB, not ${BARS.growthMib}`);
  }
  return missed;
}
