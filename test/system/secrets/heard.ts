import { expect } from "vitest";
import type { Stack } from "../../../src/dev/stack.ts";
import { ask } from "../stack/requests.ts";
import { notedSignatures } from "../stack/signatures.ts";

/** All that answers said, but for where they lead: a Location is the URL that was given. */
export type Heard = {
  /** Sends a request, keeps what is answered, and returns it. */
  hear(url: string, init?: RequestInit): Promise<{ status: number; location: string; body: string }>;
  /** A management call, with the demo tenant's API key or another. */
  manage(
    path: string,
    body?: unknown,
    init?: RequestInit & { key?: string },
  ): Promise<{ status: number; body: string }>;
  /** Fails for an answer that holds a secret of the tests. */
  expectNoSecrets(): void;
};

export function listener(stack: () => Stack): Heard {
  const answers: { readonly request: string; readonly text: string }[] = [];

  async function hear(url: string, init: RequestInit = {}) {
    const response = await ask(url, init);
    const body = await response.text();
    const { location = "", ...headers } = Object.fromEntries(response.headers);
    const request = `${init.method ?? "GET"} ${new URL(url).pathname} (${response.status})`;
    answers.push({ request, text: JSON.stringify(headers) + body });
    return { status: response.status, location, body };
  }

  return {
    hear,
    async manage(path, body, { key = stack().apiKey, ...init } = {}) {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
      return await hear(stack().api + path, { ...sent, ...init, headers });
    },
    expectNoSecrets() {
      expect(answers.length).toBeGreaterThan(0);
      for (const secret of notedSignatures()) {
        for (const { request, text } of answers) {
          if (text.includes(secret)) throw new Error(`the answer to ${request} holds ${secret}: ${text}`);
        }
      }
    },
  };
}
