import { exports } from "cloudflare:workers";
import { expect, test } from "vitest";

test("the API Worker reaches every part that it needs", async () => {
  const answer = await exports.default.fetch("https://edge.example.com/health");
  expect(await answer.json()).toMatchObject({ status: "ok" });
});
