import type { Answer } from "../../stack/own-origin.ts";
import { sendObject } from "../../stack/own-origin.ts";

export const KNOWN_ACCOUNT = "signer@acme-project.iam.gserviceaccount.com";
export const BROKEN_ACCOUNT = "broken@acme-project.iam.gserviceaccount.com";

/** Below this path the origin of these tests answers as Google does for the keys of service accounts. */
export const ACCOUNTS_PATH = "/accounts";

/** An origin that has every file, and that knows one account; of another it cannot say anything. */
export const playingGoogle: Answer = (request, response) => {
  const path = decodeURIComponent(request.url ?? "");
  if (!path.startsWith(`${ACCOUNTS_PATH}/`)) return sendObject(request, response, `the file ${path}`);
  const email = path.slice(ACCOUNTS_PATH.length + 1);
  if (email === BROKEN_ACCOUNT) return void response.writeHead(500).end();
  if (email !== KNOWN_ACCOUNT) return void response.writeHead(404).end();
  const keys = [{ kty: "RSA", alg: "RS256", use: "sig", kid: "1", n: "AQAB", e: "AQAB" }];
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ keys }));
};
