import { verificationKeyBody } from "../../../../src/api/schemas/verification-keys.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { isWhole, requestsFor } from "../../stack/origin-log.ts";
import { done } from "../settings/settings-calls.ts";

/** Registers material and returns its id. */
export async function register(stack: Stack, material: object): Promise<string> {
  return verificationKeyBody.parse(await done(stack, "POST", "/verification-keys", material)).id;
}

/** What checks every link of the demo origin's access key. */
export function originSecret({ originCredentials }: Stack): object {
  const { accessKeyId, secretAccessKey } = originCredentials;
  return { kind: "s3_secret", access_key_id: accessKeyId, secret_access_key: secretAccessKey };
}

/** How often the origin was asked about the object of a URL: for its bytes, and for a word on the URL. */
export async function timesAsked(stack: Stack, url: string): Promise<{ whole: number; probes: number }> {
  const gets = (await requestsFor(stack, url)).filter(({ method }) => method === "GET");
  const whole = gets.filter(isWhole).length;
  return { whole, probes: gets.length - whole };
}
