import { expect, it, vi } from "vitest";
import { askProxy } from "../stack/requests.ts";
import { startTestStack, temporaryState } from "../stack/with-stack.ts";
import { freshUrl, surroundings } from "./faulty-stack.ts";
import type { Orders } from "./orders.ts";

vi.setConfig({ testTimeout: 300_000 });

it("Workers that start while neither KV nor Postgres answers redirect to the origins that this place last knew of", async () => {
  const around = await surroundings();
  const state = await temporaryState();
  const before = await startTestStack(state.path, around.options);
  try {
    const known = freshUrl(around);
    expect(await askProxy(before, known)).toMatchObject({ status: 302, location: known });
  } finally {
    await before.stop();
  }

  await around.postgres.set("hang");
  const faults: Orders["faults"] = { kv: "hang" };
  const vars = { ...around.options.vars, FAULTS_AT_START: JSON.stringify(faults) };
  const cold = await startTestStack(state.path, { ...around.options, vars });
  try {
    const url = freshUrl(around);
    expect(await askProxy(cold, url)).toMatchObject({ status: 302, location: url });
    const elsewhere = await askProxy(cold, "http://127.0.0.1:9/not/ours");
    expect(elsewhere.status).toBe(403);
  } finally {
    await cold.stop();
    await around.stop();
    await state.remove();
  }
});
