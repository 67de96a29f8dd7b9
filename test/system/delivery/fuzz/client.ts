import { Agent, request } from "node:http";
import type { Answer } from "./judge.ts";

/** Sends what is wanted to a port of this machine, with no word of its own. */
export type Client = {
  send(port: number, method: string, path: string, fields: Readonly<Record<string, string>>): Promise<Answer>;
  close(): void;
};

/** Characters of a body that are kept. */
const KEPT = 400;
const NO_ANSWER: Answer = { status: 0, headers: {}, bytes: 0, text: "" };

export function openClient(): Client {
  const agent = new Agent({ keepAlive: true });
  return {
    async send(port, method, path, fields) {
      return await new Promise((resolve) => {
        const sent = request({ agent, host: "127.0.0.1", port, method, path, headers: fields }, (response) => {
          let bytes = 0;
          let text = "";
          response.on("data", (chunk: Buffer) => {
            bytes += chunk.length;
            if (text.length < KEPT) text += chunk.subarray(0, KEPT).toString("latin1");
          });
          const { statusCode: status = 0, headers } = response;
          response.once("end", () => resolve({ status, headers, bytes, text }));
          // A body that breaks off is fewer bytes than were told.
          response.once("error", () => resolve({ status, headers, bytes, text }));
        });
        sent.once("error", () => resolve(NO_ANSWER)).end();
      });
    },
    close: () => agent.destroy(),
  };
}
