import { Buffer } from "node:buffer";
import { NeonDbError, neon, neonConfig } from "@neondatabase/serverless";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/neon-http";
import { bigint, boolean, customType, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type LocalPostgres, startPostgres } from "../../src/dev/postgres/start-postgres.ts";

const URL = "postgres://snapbyte:snapbyte@localhost/snapbyte";
const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
const things = pgTable("things", {
  id: integer().primaryKey(),
  name: text().unique(),
  seen: timestamp({ withTimezone: true }),
  big: bigint({ mode: "bigint" }),
  ok: boolean(),
  facts: jsonb(),
  tags: text().array(),
  blob: bytea(),
});
const full = {
  id: 1,
  name: 'quote " and \\ and \u{1f4e6}',
  seen: new Date("2026-11-20T12:34:56.789Z"),
  big: 9_007_199_254_740_993n,
  ok: false,
  facts: { text: "1", number: 2, list: [true, null, "x"], nested: { date: "2026-01-01" } },
  tags: ["a", 'b"c', "d,e", "{f}"],
  blob: Buffer.from([0, 1, 127, 128, 255]),
};

let server: LocalPostgres;
const client = neon(URL);
const db = drizzle(client);

beforeAll(async () => {
  server = await startPostgres(null);
  neonConfig.fetchEndpoint = server.endpoint;
  await client.query(`create table things (id int primary key, name text unique, seen timestamptz, big bigint,
    ok boolean, facts jsonb, tags text[], blob bytea)`);
}, 30_000);
afterAll(() => server.stop());
beforeEach(async () => {
  await client.query("truncate things");
});

describe("through drizzle", () => {
  test("every type comes back as it went in", async () => {
    await db.insert(things).values(full);
    expect(await db.select().from(things)).toEqual([full]);
  });

  test("null in every column", async () => {
    await db.insert(things).values({ id: 2 });
    expect(await db.select().from(things)).toEqual([
      { id: 2, name: null, seen: null, big: null, ok: null, facts: null, tags: null, blob: null },
    ]);
  });

  test.each([["a string"], [0], [false], [[]], [{ a: [{ b: null }] }]])(
    "json value %j is parsed once",
    async (facts) => {
      await db.insert(things).values({ id: 3, facts });
      expect((await db.select({ facts: things.facts }).from(things))[0]?.facts).toEqual(facts);
    },
  );

  test("insert on conflict", async () => {
    await db.insert(things).values(full);
    const skipped = await db.insert(things).values({ id: 1, name: "other" }).onConflictDoNothing().returning();
    expect(skipped).toEqual([]);
    const changed = await db
      .insert(things)
      .values({ id: 1 })
      .onConflictDoUpdate({ target: things.id, set: { ok: true } })
      .returning({ ok: things.ok, name: things.name });
    expect(changed).toEqual([{ ok: true, name: full.name }]);
  });

  test("rowCount of an update", async () => {
    await db.insert(things).values([{ id: 1 }, { id: 2 }]);
    expect((await db.update(things).set({ ok: true })).rowCount).toBe(2);
    expect((await db.delete(things).where(eq(things.id, 1))).rowCount).toBe(1);
  });

  test("a batch is one transaction and answers each query", async () => {
    const [inserted, rows] = await db.batch([
      db.insert(things).values({ id: 1, facts: { a: 1 } }),
      db.select({ id: things.id, facts: things.facts }).from(things),
    ]);
    expect(inserted.rowCount).toBe(1);
    expect(rows).toEqual([{ id: 1, facts: { a: 1 } }]);
  });

  test("a batch that fails leaves nothing behind", async () => {
    const batch = db.batch([
      db.insert(things).values({ id: 1 }),
      db.insert(things).values({ id: 2 }),
      db.insert(things).values({ id: 1 }),
    ]);
    await expect(batch).rejects.toMatchObject({ code: "23505" });
    expect(await db.select().from(things)).toEqual([]);
  });

  test("a unique violation keeps Postgres's fields", async () => {
    await db.insert(things).values({ id: 1, name: "a" });
    const error = await db
      .insert(things)
      .values({ id: 2, name: "a" })
      .catch((thrown) => thrown);
    expect(error.cause).toBeInstanceOf(NeonDbError);
    expect(error.cause).toMatchObject({
      code: "23505",
      severity: "ERROR",
      detail: "Key (name)=(a) already exists.",
      schema: "public",
      table: "things",
      constraint: "things_name_key",
    });
  });
});

describe("through the Neon driver", () => {
  test("types by their ids, booleans and NULL among them", async () => {
    const [row] = await client`select true as yes, false as no, null::bool as unknown, 42 as int, 1.5::float8 as float,
      ${"{1,2}"}::int[] as ints, array[true, false] as flags, '2026-01-01'::date as day, ${'{"a":"1"}'}::json as json`;
    expect(row).toEqual({
      ...{ yes: true, no: false, unknown: null, int: 42, float: 1.5 },
      ...{ ints: [1, 2], flags: [true, false], day: "2026-01-01", json: { a: "1" } },
    });
  });

  test("a JSON string that holds JSON stays a string", async () => {
    expect(await client.query("select $1::jsonb as it", [JSON.stringify('{"a":1}')])).toEqual([{ it: '{"a":1}' }]);
  });

  test("a type made after the start", async () => {
    await client.query("create type mood as enum ('good', 'bad')");
    expect(await client.query("select $1::mood as one, array['bad'::mood] as many", ["good"])).toEqual([
      { one: "good", many: "{bad}" },
    ]);
  });

  test("array mode and full results", async () => {
    const result = await client.query("select 1 as a, 2 as a", [], { arrayMode: true, fullResults: true });
    expect(result.rows).toEqual([[1, 2]]);
    expect(result).toMatchObject({ command: "SELECT", rowCount: 1, rowAsArray: true });
    expect(result.fields).toMatchObject([{ name: "a", dataTypeID: 23 }, { name: "a" }]);
  });

  test.each([
    [{ isolationLevel: "Serializable", readOnly: true, deferrable: true } as const, ["serializable", "on", "on"]],
    [{ isolationLevel: "RepeatableRead" } as const, ["repeatable read", "off", "off"]],
    [{ isolationLevel: "ReadUncommitted", readOnly: false } as const, ["read uncommitted", "off", "off"]],
    [{}, ["read committed", "off", "off"]],
  ])("batch headers %j", async (options, expected) => {
    const settings = ["isolation", "read_only", "deferrable"].map((name) =>
      client.query(`select current_setting('transaction_${name}') as it`),
    );
    expect((await client.transaction(settings, options)).map((rows) => rows[0]?.it)).toEqual(expected);
  });

  test("a read-only batch may not write", async () => {
    const write = client.transaction([client`insert into things (id) values (1)`], { readOnly: true });
    await expect(write).rejects.toMatchObject({ code: "25006" });
  });

  test("a syntax error says where, and the next query works", async () => {
    await expect(client.query("selec 1")).rejects.toMatchObject({ code: "42601", position: "1", severity: "ERROR" });
    expect(await client.query("select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("a parameter that does not fit its type", async () => {
    await expect(client.query("select $1::int", ["x"])).rejects.toMatchObject({ code: "22P02" });
  });

  test("batches and single queries at the same time do not see into each other", async () => {
    const work = Array.from({ length: 40 }, (_, id) =>
      id % 2
        ? db.insert(things).values({ id })
        : db.batch([db.insert(things).values({ id }), db.execute(sql`select 1 / ${id % 4}::int`)]).catch(() => null),
    );
    await Promise.all(work);
    const ids = (await db.select({ id: things.id }).from(things).orderBy(things.id)).map((row) => row.id);
    expect(ids).toEqual(Array.from({ length: 40 }, (_, id) => id).filter((id) => id % 4 !== 0));
  });
});

describe("what the endpoint refuses", () => {
  const post = (body: string, headers: Record<string, string>) =>
    fetch(server.endpoint, { method: "POST", body, headers }).then((response) => response.status);

  test("anything but a request of the driver", async () => {
    const raw = { "Neon-Raw-Text-Output": "true" };
    expect(await post("not json", raw)).toBe(400);
    expect(await post('{"query":"select 1"}', {})).toBe(400);
    expect(await post('{"queries":[]}', { ...raw, "Neon-Batch-Isolation-Level": "Best" })).toBe(400);
    expect(await post('{"query":"select 1"}', raw)).toBe(200);
  });
});
