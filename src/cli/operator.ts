/**
 * `npm run operator -- somebody@example.com`: makes an operator of somebody who has signed up and confirmed their address;
 * with `--no` one who was is none any more. What they are signed in to ends: they sign in again.
 */
import { parseArgs } from "node:util";
import { neon, neonConfig } from "@neondatabase/serverless";
import { type Database, explain } from "./migrate.ts";

const USAGE = "Usage: DATABASE_URL=… npm run operator -- ADDRESS [--no]";

/** Returns whether there is somebody of this address, confirmed. */
export async function setOperator({ databaseUrl, endpoint }: Database, email: string, is: boolean): Promise<boolean> {
  if (endpoint !== null) neonConfig.fetchEndpoint = endpoint;
  const sql = neon(databaseUrl);
  const role = is ? "operator" : "user";
  const rows = await sql`
    with person as (
      update people."user" set role = ${role}, updated_at = now()
      where email = ${email.trim().toLowerCase()} and email_verified
      returning id
    ), gone as (
      delete from people.session where user_id in (select id from person)
    )
    select id from person
  `;
  return rows.length > 0;
}

async function main(args: string[]): Promise<number> {
  const { DATABASE_URL: databaseUrl, NEON_ENDPOINT: endpoint } = process.env;
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { no: { type: "boolean" } } });
    const [email, ...rest] = positionals;
    if (!databaseUrl || !email || rest.length > 0) throw new Error(USAGE);
    const is = values.no !== true;
    if (!(await setOperator({ databaseUrl, endpoint: endpoint || null }, email, is))) {
      throw new Error(`Nobody has signed up with ${email} and confirmed it.`);
    }
    console.log(`${email} is ${is ? "an operator" : "no operator any more"}.`);
    return 0;
  } catch (error) {
    console.error(explain(error));
    return 1;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
