import { randomInt } from "node:crypto";
import { isTaken } from "../../../src/dev/net/listen.ts";

/** Above what services usually have, below what Linux, macOS and Windows hand to clients. */
const LOWEST = 12_000;
const HIGHEST = 32_000;

/** A free port that nobody else is given while a test closes and opens it again. */
export async function lastingPort(): Promise<number> {
  const port = randomInt(LOWEST, HIGHEST);
  return (await isTaken(port)) ? await lastingPort() : port;
}
