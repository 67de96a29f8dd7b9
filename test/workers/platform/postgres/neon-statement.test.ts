import { afterEach, expect, test, vi } from "vitest";
import { neonStatement, STATEMENT_LIMIT_MS } from "../../../../src/platform/postgres/neon-statement.ts";

const NEON = { databaseUrl: "postgres://user:secret@ep-name-1.eu.aws.neon.tech/main", endpoint: null };

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function answering(answer: () => Promise<Response>) {
  return vi.spyOn(globalThis, "fetch").mockImplementation(answer);
}

test("Neon is asked at the address that its driver has for it, with text and parameters apart", async () => {
  const fetched = answering(async () => Response.json({ fields: [], rows: [["a", null]] }));
  expect(await neonStatement(NEON, "select $1")("it's")).toEqual([["a", null]]);
  const [url, init] = fetched.mock.lastCall ?? [];
  expect([url, init?.method]).toEqual(["https://api.eu.aws.neon.tech/sql", "POST"]);
  expect(init?.headers).toMatchObject({ "Neon-Connection-String": NEON.databaseUrl, "Neon-Array-Mode": "true" });
  expect(JSON.parse(String(init?.body))).toEqual({ query: "select $1", params: ["it's"] });
});

test("a stand-in is asked where it is", async () => {
  const fetched = answering(async () => Response.json({ rows: [] }));
  await neonStatement({ ...NEON, endpoint: "http://127.0.0.1:1/sql" }, "select 1")();
  expect(fetched.mock.lastCall?.[0]).toBe("http://127.0.0.1:1/sql");
});

test.each([
  [Response.json({ message: "relation secret does not exist", code: "42P01" }, { status: 400 }), "400 (42P01)"],
  [Response.json({ message: "the control plane is away" }, { status: 503 }), "503 (no code)"],
  [new Response("<html>secret</html>", { status: 502 }), "502 (no code)"],
])("a refusal tells status and code, and nothing that may hold values", async (answer, told) => {
  answering(async () => answer);
  await expect(neonStatement(NEON, "select 1")()).rejects.toThrow(`Postgres answered ${told}`);
});

test("an answer that is no JSON rejects", async () => {
  answering(async () => new Response("<html>"));
  await expect(neonStatement(NEON, "select 1")()).rejects.toThrow();
});

test("a statement that takes too long is given up, and one that was answered leaves no timer", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const fetched = answering(async () => Response.json({ rows: [] }));
  await neonStatement(NEON, "select 1")();
  expect(vi.getTimerCount()).toBe(0);
  fetched.mockImplementation(async (_, init) => {
    return await new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
  });
  const slow = expect(neonStatement(NEON, "select 1")()).rejects.toThrow("too long");
  await vi.advanceTimersByTimeAsync(STATEMENT_LIMIT_MS);
  await slow;
});
