import { createHash, createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Where the packages of the peers are installed, and the port of Redis: what every peer is started with. */
const [folder, redisPort] = process.argv.slice(2);

/** A package of the peers, which are none of this project's. */
export const load = createRequire(join(folder, "package.json"));

const { Redis } = load("ioredis");
const redis = new Redis({ port: Number(redisPort), host: "127.0.0.1", enableReadyCheck: false });

const HOST = "store.invalid";
const SCOPE_END = "/auto/s3/aws4_request";
const [ACCESS_KEY_ID, SECRET] = ["0123456789abcdef0123456789abcdef", "f".repeat(64)];

/**
 * What a hit is: find the entry of the object that a URL names, and sign an address of its copy for an hour. Redis knows
 * it, or else Postgres does.
 */
export async function locate(url) {
  const identity = url.slice(0, (url.indexOf("?") + 1 || url.length + 1) - 1);
  const id = createHash("sha256").update(`identity\0${identity}`).digest("base64url");
  const text = (await redis.get(`entry:tenant-public/${id}`)) ?? (await fromPostgres(id));
  if (text === null) return url;
  const { entry } = JSON.parse(text);
  return presign(`/copies/tenant-public/${id}/${entry.copy.generation}`, 3600);
}

let pool;

async function fromPostgres(id) {
  pool ??= new (load("pg").Pool)();
  const { rows } = await pool.query("select entry from entries where tenant_id = $1 and id = $2", [
    "tenant-public",
    id,
  ]);
  return rows[0]?.entry ?? null;
}

let dayKey = { day: "", key: Buffer.alloc(0) };

/** SigV4 by hand, with the key of the day at hand: the cheapest way there is to do it here. */
function presign(path, seconds) {
  const moment = new Date().toISOString().replace(/[:-]|\.\d{3}/g, "");
  const day = moment.slice(0, 8);
  if (dayKey.day !== day) {
    const steps = [day, "auto", "s3", "aws4_request"];
    dayKey = { day, key: steps.reduce((key, step) => hmac(key, step).digest(), `AWS4${SECRET}`) };
  }
  const scope = day + SCOPE_END;
  const credential = encodeURIComponent(`${ACCESS_KEY_ID}/${scope}`);
  const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=${moment}&X-Amz-Expires=${seconds}&X-Amz-SignedHeaders=host`;
  const canonical = `GET\n${path}\n${query}\nhost:${HOST}\n\nhost\nUNSIGNED-PAYLOAD`;
  const digest = createHash("sha256").update(canonical).digest("hex");
  const signature = hmac(dayKey.key, `AWS4-HMAC-SHA256\n${moment}\n${scope}\n${digest}`).digest("hex");
  return `https://${HOST}${path}?${query}&X-Amz-Signature=${signature}`;
}

function hmac(key, text) {
  return createHmac("sha256", key).update(text);
}

/** The fields of the redirect, as ours are. */
export function fields(location) {
  return {
    Location: location,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cache-Status": "peer; hit",
  };
}

/** Tells whoever started the peer where it listens. */
export function tell(port) {
  process.stdout.write(`${port}\n`);
}
