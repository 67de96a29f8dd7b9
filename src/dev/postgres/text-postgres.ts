import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";

/** Written once the cluster is whole; Postgres ignores files it does not know. */
const COMPLETE = "snapbyte-complete";

/**
 * Opens the embedded Postgres in `directory` (`null`: in memory). Values go in and come out as Postgres's own text,
 * whatever their type: the client on the other side of the wire parses them, and would parse JSON twice otherwise.
 */
export async function openTextPostgres(directory: string | null): Promise<PGlite> {
  const marker = directory && join(directory, COMPLETE);
  // A first start that was interrupted leaves half a cluster, which Postgres would take for a whole one.
  if (directory && marker && !existsSync(marker)) await rm(directory, { recursive: true, force: true });
  const postgres = await (directory ? PGlite.create({ dataDir: directory }) : PGlite.create());
  if (marker) await writeFile(marker, "");
  // Proxies, since types created later have ids that no list of today can hold.
  postgres.parsers = new Proxy({}, { get: () => (text: string) => text });
  postgres.serializers = new Proxy({}, { get: () => asText });
  return postgres;
}

function asText(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
