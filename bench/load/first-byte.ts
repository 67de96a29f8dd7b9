import { type Agent, type IncomingMessage, request } from "node:http";

/** What a download took: ms from its asking to its first byte, and whether the answer had the bytes. */
export type FirstByte = { readonly ms: number; readonly status: number; readonly bytes: number };

/** Downloads from a server of this machine to the end. */
export async function firstByte(port: number, path: string, agent: Agent): Promise<FirstByte> {
  const start = performance.now();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ agent, host: "127.0.0.1", port, path }, resolve).on("error", reject).end();
  });
  let ms = 0;
  let bytes = 0;
  for await (const chunk of response) {
    ms ||= performance.now() - start;
    bytes += (chunk as Buffer).length;
  }
  return { ms, status: response.statusCode ?? 0, bytes };
}
