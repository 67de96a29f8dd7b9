import { expect, it } from "vitest";
import type { LinkSigner } from "../../src/ports/link-signer.ts";
import { OPEN } from "./asking.ts";
import { twoPaths } from "./hot-path/two-paths.ts";
import { ACME, HELLO, makeReady, makeWorld, register, sourceOf } from "./world.ts";

const HOST = "cdn.acme.example";
const CLOSED = { ...ACME, originRules: ACME.originRules.filter(({ host }) => host !== "files.example.com") };
const request = () => new Request(`https://${HOST}/proxy?url=${encodeURIComponent(OPEN)}`);

it("a hit that was decided by settings that have changed meanwhile is given to nobody else", async () => {
  const world = makeWorld();
  world.origin.answers.set(OPEN, HELLO);
  await makeReady(world, await sourceOf(OPEN));
  const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const sign: LinkSigner["sign"] = async (...asked) => {
    begun.resolve();
    await goOn.promise;
    return await world.links.edge.sign(...asked);
  };
  const paths = twoPaths({ ...world, links: { ...world.links, edge: { ...world.links.edge, sign } } });
  const underWay = paths.hot(request());
  await begun.promise;
  register(world, CLOSED);
  await paths.remembering.directory.forget([{ by: "host", value: HOST }]);
  goOn.resolve();
  expect((await underWay).status).toBe(302);
  const after = await paths.hot(request());
  expect(after.status).toBe(403);
  expect(after).toEqual(await paths.general(request()));
});
