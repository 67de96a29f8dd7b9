/**
 * Imports a built Worker, whose path is the argument, as the runtime does at its start, and prints how many functions that
 * calls: a number that is the same on every machine, however busy.
 */
import { Session } from "node:inspector/promises";
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const worker = process.argv[2] ?? "";

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== "cloudflare:workers") return next(specifier, context);
    return { url: "data:text/javascript,export const waitUntil = () => {};", format: "module", shortCircuit: true };
  },
});

const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
await import(pathToFileURL(worker).href);
const { result } = await session.post("Profiler.takePreciseCoverage");
const folder = pathToFileURL(worker).href.replace(/[^/]*$/, "");
const ours = result.filter(({ url }) => url.startsWith(folder));
const counts = ours.flatMap(({ functions }) => functions.map(({ ranges }) => ranges[0]?.count ?? 0));
console.log(JSON.stringify({ modules: ours.length, calls: counts.reduce((sum, count) => sum + count, 0) }));
