import { eq } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import { postgresDeadLetters } from "../../src/platform/postgres/dead-letters.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { NOON } from "../core/samples.ts";
import { deadLettersContract } from "./dead-letters.contract.ts";
import { newTenant } from "./keys.ts";

const db = connect(inject("services").database);
const letters = postgresDeadLetters(db);

async function made() {
  const tenant = newTenant();
  await db.insert(tenants).values({ id: tenant, site: tenant });
  return { letters, tenant };
}

deadLettersContract("Postgres", made);

test("a letter goes with its tenant, and none is written down for one that is gone", async () => {
  const { tenant } = await made();
  const id = crypto.randomUUID();
  const failure = { code: "GAVE_UP", message: "x" };
  const told = { kind: "fill", tenant, key: "a", batch: null, attempts: 6, failure, urlEndsAt: null } as const;
  const letter = { id, ...told, at: NOON, sealed: "sealed" };
  await letters.add(letter);
  await db.delete(tenants).where(eq(tenants.id, tenant));
  expect(await letters.find(id)).toBeNull();
  await letters.add(letter);
  expect(await letters.find(id)).toBeNull();
});
