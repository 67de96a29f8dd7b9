import { createServer } from "node:net";

/** What a key holds that begins as an entry's does; every other command is answered with OK. */
const [entry] = process.argv.slice(2);
const FOUND = `$${Buffer.byteLength(entry)}\r\n${entry}\r\n`;

/** Redis's protocol, as far as somebody needs it who reads: https://redis.io/docs/latest/develop/reference/protocol-spec/ */
const server = createServer((socket) => {
  let rest = "";
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.on("data", (data) => {
    rest += data.toString("latin1");
    let answers = "";
    for (let command = next(rest); command; command = next(rest)) {
      rest = rest.slice(command.length);
      answers += /^get$/i.test(command.words[0]) ? FOUND : "+OK\r\n";
    }
    if (answers !== "") socket.write(answers);
  });
});

/** The first command of a text, and how long it is; `null`: it is not all there yet. */
function next(text) {
  const [head, count] = /^\*(\d+)\r\n/.exec(text) ?? [];
  if (head === undefined) return null;
  let at = head.length;
  const words = [];
  for (let word = 0; word < Number(count); word += 1) {
    const end = text.indexOf("\r\n", at);
    if (end < 0) return null;
    const from = end + 2;
    const to = from + Number(text.slice(at + 1, end));
    if (text.length < to + 2) return null;
    words.push(text.slice(from, to));
    at = to + 2;
  }
  return { words, length: at };
}

server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));
