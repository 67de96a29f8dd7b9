import { Agent, type IncomingMessage, request } from "node:http";

/** Something to ask of a server on this machine, and what its answer must be for the measurement to mean anything. */
export type Target = {
  readonly port: number;
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  /** What the request says of itself beside its host. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly status: number;
  /** Fields of the answer, by lower-case name, and what each must match. */
  readonly headers: Readonly<Record<string, RegExp>>;
};

const agent = new Agent({ keepAlive: true });

/** Asks once and takes the whole answer. Rejects for another answer than the target expects. */
export async function ask(target: Target): Promise<void> {
  const { port, host, path, fields } = target;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ agent, host: "127.0.0.1", port, path, headers: { ...fields, host } }, resolve)
      .on("error", reject)
      .end();
  });
  const ended = new Promise((resolve, reject) => response.once("end", resolve).once("error", reject));
  response.resume();
  await ended;
  expectAnswer(target, response);
}

/** Connections that were kept open would keep this process alive. */
export function hangUp(): void {
  agent.destroy();
}

function expectAnswer({ host, path, status, headers }: Target, { statusCode, headers: given }: IncomingMessage): void {
  const wrong = Object.keys(headers).filter((name) => !headers[name]?.test(String(given[name] ?? "")));
  if (statusCode === status && wrong.length === 0) return;
  const got = wrong.map((name) => `${name}: ${given[name]}`).join(", ");
  throw new Error(`${host}${path.slice(0, 80)}… answered ${statusCode}${got && ` with ${got}`}`);
}
