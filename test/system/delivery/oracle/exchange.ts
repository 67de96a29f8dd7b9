import { type Agent, type IncomingMessage, request } from "node:http";

/** What is asked of a file. Names of fields as they stand in RFC 9110. */
export type Asked = { readonly method: string; readonly fields: Readonly<Record<string, string>> };

export type Answer = {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
};

export type Exchange = (url: string, asked: Asked) => Promise<Answer>;

/**
 * Sends with no field but `Host` and `Connection` that was not asked for. Without an agent each request has a
 * connection of its own: nginx needs that, which after a 412 closes one that it has just called open.
 */
export function exchangeOver(agent: Agent | false): Exchange {
  return async (url, { method, fields }) =>
    await new Promise((resolve, reject) => {
      const sent = request(url, { agent, method, headers: { ...fields } }, (response) => {
        const { statusCode: status = 0, headers } = response;
        read(response).then((body) => resolve({ status, headers, body }), reject);
      });
      sent.once("error", reject).end();
    });
}

async function read(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
