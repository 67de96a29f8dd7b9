import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { close } from "../../../../src/dev/net/listen.ts";
import { type GcsKeys, gcsSigner } from "../signing/gcs.ts";
import { openDoor } from "./door.ts";
import { OBJECTS } from "./objects.ts";
import type { VerifyingOrigin } from "./verifying-origin.ts";

/** Not a part of this project: whoever has it gets these tests too. */
const MODULE = new URL("../../../../../shared/origins/gcs-verify/server.mjs", import.meta.url);
const BUCKET = "verifying-files";
const HMAC = { accessId: "GOOG1VERIFYING", secret: "hmac-secret-of-a-test" };

export const gcsVerifyIsHere = existsSync(MODULE);

type Keys = { readonly rsa: Record<string, KeyObject>; readonly hmac: Record<string, string> };
type Module = { serve(port: number, keys: Keys): Promise<{ readonly srv: Server }> };

/** Starts an origin with the manners of Google's XML API that checks V4 and V2, by keys made for it, and fills it. */
export async function gcsVerifyOrigin(): Promise<VerifyingOrigin> {
  const { serve } = (await import(/* @vite-ignore */ MODULE.href)) as Module;
  const [known, other] = [generateRsa(), generateRsa()];
  const email = "owner@verifying.iam.gserviceaccount.com";
  const { srv } = await serve(0, { rsa: { [email]: known.publicKey }, hmac: { [HMAC.accessId]: HMAC.secret } });
  const { port } = srv.address() as AddressInfo;
  for (const [key, body] of OBJECTS) {
    const path = `/_admin/${BUCKET}/${encodeURIComponent(key)}`;
    await fetch(`http://127.0.0.1:${port}${path}`, { method: "PUT", body, headers: { "content-type": "text/plain" } });
  }
  const keys: GcsKeys = {
    account: { email, privateKey: pem(known.privateKey) },
    stranger: { email: "nobody@verifying.iam.gserviceaccount.com", privateKey: pem(other.privateKey) },
    hmac: HMAC,
  };
  const publicKey = known.publicKey.export({ type: "spki", format: "pem" });
  return {
    openDoor: () => openDoor(port),
    signer: (door) => gcsSigner({ address: door.url, bucket: BUCKET }, keys),
    material: [
      { kind: "gcs-account", email, publicKeys: [publicKey.toString()] },
      { kind: "gcs-hmac", ...HMAC },
    ],
    differences: [
      {
        why: "it reads signatures leniently: what is no hex ends them, and base64 needs no padding",
        of: ({ how }) => /: a (?:longer|shorter) signature$/.test(how),
        verdict: "invalid",
        probeToo: false,
      },
      {
        why: "it counts the first of two credentials of a name; Google may not, so such a URL is malformed to us",
        of: ({ how }) => /: a parameter twice(?:, changed)?$/.test(how),
        verdict: "invalid",
        probeToo: true,
      },
    ],
    stop: () => close(srv),
  };
}

function generateRsa() {
  return generateKeyPairSync("rsa", { modulusLength: 2048 });
}

function pem(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}
