import { connect, createServer, type Server, type Socket } from "node:net";
import { lastingPort } from "./lasting-port.ts";
import type { Fault } from "./orders.ts";

/** The line between the Workers and Postgres, which a test can cut. */
export type PostgresLine = {
  /** What goes into NEON_ENDPOINT. */
  readonly endpoint: string;
  /** `fail`: connections are refused; `hang`: they are taken and nothing ever comes back; `null`: all is well. */
  set(fault: Fault | null): Promise<void>;
  /** What was sent over connections that will never be answered. */
  unanswered(): string;
  stop(): Promise<void>;
};

/** Opens a line to what listens on `target` of 127.0.0.1, now or later. */
export async function openPostgresLine(target: number): Promise<PostgresLine> {
  let fault: Fault | null = null;
  let unanswered = "";
  const held = new Set<Socket>();
  const working = new Set<Socket>();
  const server = createServer((socket) => {
    const mine = fault === "hang" ? held : working;
    mine.add(socket);
    socket.on("error", () => {}).on("close", () => mine.delete(socket));
    if (fault === null) join(socket, target);
    else socket.setEncoding("utf8").on("data", (text) => (unanswered += text));
  });
  const port = await lastingPort();
  await listenOn(server, port);
  const cut = (sockets: Set<Socket>) => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    endpoint: `http://127.0.0.1:${port}/sql`,
    async set(next) {
      fault = next;
      cut(working);
      // What hung before goes on hanging: nobody tells a client that the other side has lost its request.
      if (next === "fail" && server.listening) server.close();
      if (next !== "fail" && !server.listening) await listenOn(server, port);
    },
    unanswered: () => unanswered,
    async stop() {
      cut(working);
      cut(held);
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

function join(socket: Socket, target: number): void {
  const onward = connect(target, "127.0.0.1");
  socket.pipe(onward).pipe(socket);
  onward.on("error", () => socket.destroy()).on("close", () => socket.destroy());
  socket.on("close", () => onward.destroy());
}

async function listenOn(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}
