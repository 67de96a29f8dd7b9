import { request } from "node:http";
import type { Stack } from "../../../../src/dev/stack.ts";

export type HostAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The code of an error; empty where there is none. */
  readonly code: string;
};

/** Asks the stack as somebody does who knows it by this host name; no redirect is followed. */
export async function onHost(stack: Stack, host: string, path: string, method = "GET"): Promise<HostAnswer> {
  const headers = { host, authorization: `Bearer ${stack.apiKey}`, "accept-encoding": "identity" };
  return await new Promise((resolve, reject) => {
    const asked = request(`${stack.api}${path}`, { method, headers }, async (response) => {
      const text = (await response.toArray()).join("");
      const code = /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? "";
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text, code });
    });
    asked.once("error", reject);
    asked.end();
  });
}
