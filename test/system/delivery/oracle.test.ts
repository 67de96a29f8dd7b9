import { afterAll, describe, expect, it } from "vitest";
import { parseOriginRule } from "../../../src/core/origins/parse-rule.ts";
import { withStack } from "../stack/with-stack.ts";
import { againstNginx } from "./oracle/against-nginx.ts";
import { BODIES, CHANGED } from "./oracle/files.ts";
import { MANNERS } from "./oracle/manners.ts";
import { type Nginx, nginxIsHere, startNginx, tellWhatIsLeftOut } from "./oracle/nginx.ts";
import { REASONS } from "./oracle/reasons.ts";

/** Requests for each file, 5,000 in all. */
const REQUESTS = { "empty.bin": 1100, "one.bin": 1100, "text.txt": 1100, "binary.bin": 1100, "large.bin": 600 };

tellWhatIsLeftOut();

describe.runIf(nginxIsHere)("beside nginx, from which it was filled", () => {
  let running: Nginx | undefined;
  const nginx = () => {
    if (!running) throw new Error("nginx runs only while tests do");
    return running;
  };
  const stack = withStack(async () => {
    running = await startNginx(BODIES, CHANGED);
    const rule = parseOriginRule(running.url, "public");
    return { originRules: rule ? [rule] : [] };
  });
  afterAll(async () => await running?.stop());

  const counts = new Map([...REASONS, ...MANNERS].map(({ name }) => [name, 0]));

  it.each(Object.entries(REQUESTS))("a copy of %s answers as nginx does, or better", async (name, count) => {
    const { reasons, unexplained } = await againstNginx(stack(), nginx(), name, count);
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    expect(unexplained).toEqual([]);
  });

  it("has a use for every reason to differ that is listed", () => {
    for (const { name, section } of [...REASONS, ...MANNERS]) {
      console.info(`${String(counts.get(name)).padStart(5)}  RFC 9110 section ${section}: ${name}`);
    }
    expect([...counts].filter(([, count]) => count === 0)).toEqual([]);
  });
});
