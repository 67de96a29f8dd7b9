import type { Socket } from "node:net";
import type { Asked } from "./raw-origin.ts";

const END = "\r\n\r\n";

/** Reads the head of a request without a body; `null`: the connection ended before. */
export async function parseAsked(socket: Socket): Promise<Pick<Asked, "path" | "fields"> | null> {
  const head = await readHead(socket);
  if (head === null) return null;
  const [line = "", ...rest] = head.split("\r\n");
  const fields = rest.map((field): [string, string] => {
    const colon = field.indexOf(":");
    return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
  });
  return { path: line.split(" ")[1] ?? "", fields: new Map(fields) };
}

function readHead(socket: Socket): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  let text = "";
  socket.setEncoding("latin1");
  socket.on("data", (more) => {
    text += more;
    if (text.includes(END)) resolve(text.slice(0, text.indexOf(END)));
  });
  socket.once("close", () => resolve(null));
  return promise;
}
