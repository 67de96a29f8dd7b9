import { inject } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import { postgresLedger } from "../../src/platform/postgres/entry-ledger.ts";
import { postgresFillCensus } from "../../src/platform/postgres/fill-census.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { fillCensusContract } from "./fill-census.contract.ts";
import { newKey } from "./keys.ts";

const { database } = inject("services");
const db = connect(database);

fillCensusContract("Postgres", async () => {
  const key = newKey();
  await db.insert(tenants).values({ id: key.tenant, site: key.tenant });
  return { census: postgresFillCensus(db), ledger: postgresLedger(db, database), key };
});
