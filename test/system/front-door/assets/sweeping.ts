import { dirname } from "node:path";
import { neon, neonConfig } from "@neondatabase/serverless";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { sweepNow } from "../../../soak/sweep.ts";
import { storeContents } from "../../faults/run/store-contents.ts";
import { done } from "../settings/settings-calls.ts";
import { download, published, replaced, token, uploaded } from "./asset-calls.ts";

/** What the schedule clears away. Last, since all that this stack has of assets grows old by it. */
export function sweeping(stack: () => Stack): void {
  it("leaves what somebody owns, and nothing else: no object, part, row or token", async () => {
    const asset = await uploaded(stack(), "one");
    const version = await published(stack(), asset.id);
    for (const text of ["two", "three"]) await replaced(stack(), asset.id, text);
    const ended = await token(stack(), asset.id);
    const living = await token(stack(), asset.id);
    const deleted = await uploaded(stack(), "four");
    await token(stack(), deleted.id);
    await done(stack(), "DELETE", `/assets/${deleted.id}`);

    neonConfig.fetchEndpoint = stack().database;
    const sql = neon("postgres://snapbyte:snapbyte@localhost/snapbyte");
    await sql`
      insert into asset_contents (id, tenant_id, asset_id, object_key, created_at)
      values ('broken-off', ${stack().tenant}, 'nobodys', 'assets/nobodys', now())
    `;
    const age = async () => {
      await sql`update asset_contents set released_at = released_at - interval '1 hour', created_at = created_at - interval '1 day'`;
    };
    await sql`update asset_tokens set expires_at = now() where id = ${ended.token_id}`;
    // What broke off is given up by the first run, and let go of by the second.
    for (let time = 0; time < 2; time += 1) {
      await age();
      await sweepNow(dirname(stack().originLog));
    }

    const owned = await sql`
      select object_key from asset_contents
      where id in (select content_id from assets union select content_id from asset_versions)
    `;
    const keys = owned.map(({ object_key }) => String(object_key)).toSorted();
    const { objects, openUploads } = storeContents(stack());
    const ofAssets = [...objects, ...openUploads].filter((key) => key.startsWith("assets/"));
    expect(ofAssets.toSorted()).toEqual(keys);
    expect(await sql`select count(*)::int as rows from asset_contents`).toEqual([{ rows: keys.length }]);
    expect(await sql`select count(*)::int as rows from asset_tokens where expires_at <= now()`).toEqual([{ rows: 0 }]);
    expect(await download(stack(), `/assets/${asset.id}/download`)).toEqual([200, "three"]);
    expect(await download(stack(), `/assets/public/${version.version_id}`)).toEqual([200, "one"]);
    expect(await download(stack(), `/assets/private/${living.token}`)).toEqual([200, "three"]);
  });
}
