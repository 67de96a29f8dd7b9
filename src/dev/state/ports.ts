import { join } from "node:path";
import * as z from "zod";
import { freePort, isTaken } from "../net/listen.ts";
import { StackError } from "../stack-error.ts";
import { readJson, writeJson } from "./json-file.ts";

const Ports = z.object({ origin: z.number(), database: z.number() });
const Owner = z.object({ directory: z.string() });

export type Ports = z.infer<typeof Ports>;

/**
 * The ports of the demo origin and of Postgres: those asked for, else those of the last start, so that URLs made then
 * go on working, else free ones. Rejects when a port that was asked for is taken, or the directory is in use.
 */
export async function choosePorts(state: string, origin: number | null, database: number | null): Promise<Ports> {
  const path = join(state, "ports.json");
  const last = await readJson(path, Ports);
  if (last && (await isServing(last.database, join(state, "postgres")))) {
    throw new StackError(`Another stack is running on ${state}: stop it, or pass another --state.`);
  }
  const ports = {
    origin: await choose(origin, last?.origin, "--origin-port"),
    database: await choose(database, last?.database, "--database-port"),
  };
  await writeJson(path, ports);
  return ports;
}

/** Rejects with one readable line when the port is taken. */
export async function requireFree(port: number, option: string): Promise<void> {
  if (await isTaken(port))
    throw new StackError(`Port ${port} is taken: stop what listens there, or pass another ${option}.`);
}

async function choose(wanted: number | null, last: number | undefined, option: string): Promise<number> {
  if (wanted !== null) {
    await requireFree(wanted, option);
    return wanted;
  }
  return last !== undefined && !(await isTaken(last)) ? last : await freePort();
}

/** Two Postgres over one directory would destroy it, so ask the one that may be there whose it is. */
async function isServing(port: number, directory: string): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1_000) });
    return Owner.parse(await response.json()).directory === directory;
  } catch {
    return false;
  }
}
