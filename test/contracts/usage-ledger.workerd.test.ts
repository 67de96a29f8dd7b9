import { inject } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import { postgresLedger } from "../../src/platform/postgres/entry-ledger.ts";
import { originRuleSettings } from "../../src/platform/postgres/origin-rules.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { postgresUsage } from "../../src/platform/postgres/usage-ledger.ts";
import { newTenant } from "./keys.ts";
import { usageLedgerContract } from "./usage-ledger.contract.ts";

const { database } = inject("services");
const db = connect(database);
const PLAIN = { access: null, obeyPrivate: false, tags: [] };

usageLedgerContract("Postgres", async () => {
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  const { addOriginRule } = originRuleSettings(db);
  const a = await addOriginRule(two[0], { scheme: "https", host: "a.example", port: 443, pathPrefix: "/", ...PLAIN });
  const b = await addOriginRule(two[0], { scheme: "http", host: "b.example", port: 8080, pathPrefix: "/b", ...PLAIN });
  if (!a || !b) throw new Error("no rules");
  return { usage: postgresUsage(db), entries: postgresLedger(db, database), tenants: two, rules: [a.id, b.id] };
});
