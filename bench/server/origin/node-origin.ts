/**
 * `node node-origin.ts PORT`: what stands in for nginx where there is none. `/ranges/N` and `/whole/N` are files of N
 * zeros, out of one buffer, since no disk is to be measured. Says so when it listens.
 */
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const ZEROS = Buffer.alloc(2 ** 20);
const ETAG = '"zeros"';

const server = createServer(async ({ method, url = "", headers }, response) => {
  const [, manner, number] = /^\/(ranges|whole)\/(\d+)$/.exec(url) ?? [];
  if (number === undefined) return void response.writeHead(404).end();
  const size = Number(number);
  const ranges = manner === "ranges";
  if (ranges) response.setHeader("Accept-Ranges", "bytes").setHeader("ETag", ETAG);
  if (ranges && ![undefined, "*", ETAG].includes(headers["if-match"])) return void response.writeHead(412).end();
  const [, first = "0", last = size - 1] = (ranges && /^bytes=(\d+)-(\d+)?$/.exec(headers.range ?? "")) || [];
  const end = Math.min(Number(last), size - 1);
  const length = end - Number(first) + 1;
  if (length < size) response.setHeader("Content-Range", `bytes ${first}-${end}/${size}`);
  response.writeHead(length < size ? 206 : 200, { "Content-Type": "video/mp4", "Content-Length": length });
  if (method === "HEAD") response.end();
  // Whoever has enough leaves early; that is no fault.
  else await pipeline(Readable.from(zeros(length), { objectMode: false }), response).catch(() => {});
});

function* zeros(length: number): Generator<Buffer> {
  for (let left = length; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, Math.min(left, ZEROS.length));
}

server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("listening"));
