import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A wire to a server that breaks: how often it has, and how many bytes clients have sent until now. */
export type CuttingProxy = {
  readonly url: string;
  readonly cuts: () => number;
  readonly sent: () => number;
  stop(): Promise<void>;
};

/** Passes bytes on to the server, and cuts the first `times` connections that have sent so many. */
export async function cuttingProxy(server: string, afterBytes: number, times: number): Promise<CuttingProxy> {
  let cuts = 0;
  let total = 0;
  const open = new Set<Socket>();
  const { hostname, port } = new URL(server);
  const proxy = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let sent = 0;
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on("close", () => open.delete(socket));
      socket.on("error", () => {});
    }
    client.on("data", (bytes) => {
      sent += bytes.length;
      total += bytes.length;
      // A wire holds little: what waits here would be lost with it.
      if (!upstream.write(bytes)) client.pause();
      if (sent < afterBytes || cuts >= times) return;
      cuts += 1;
      client.destroy();
      upstream.destroy();
    });
    upstream.on("drain", () => client.resume());
    client.on("close", () => upstream.destroy());
    upstream.on("data", (bytes) => client.write(bytes));
    // Also when nobody answers there: the server may be down.
    upstream.on("close", () => client.destroySoon());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    cuts: () => cuts,
    sent: () => total,
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
