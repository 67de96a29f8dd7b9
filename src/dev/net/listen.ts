import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Listens on 127.0.0.1 and returns the port; port 0 is any free one. */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/** Stops a server now, requests under way included. */
export async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

/** A port of 127.0.0.1 that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await close(server);
  return port;
}

/** Whether something listens on this port already. */
export async function isTaken(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, port);
    await close(server);
    return false;
  } catch {
    return true;
  }
}

/** How long a port may stay taken by a process that has been ended, in ms. */
const LETTING_GO_MS = 2_000;

/** Waits until a port is free whose process has been ended: the kernel closes its sockets a moment later. */
export async function untilFree(port: number): Promise<void> {
  const deadline = Date.now() + LETTING_GO_MS;
  while ((await isTaken(port)) && Date.now() < deadline) await sleep(10);
}
