import { type Entry, findEntry, purgeEntry } from "../api/entries.ts";
import { makeLink } from "../api/links.ts";
import { bytes, count, percent } from "../format/numbers.ts";
import { moment } from "../format/times.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { readForm } from "../frame/forms.ts";
import { NoSuchPage } from "../frame/no-such-page.ts";
import { may } from "../identity.ts";
import { Copyable } from "../parts/copyable.tsx";
import { Facts } from "../parts/facts.tsx";
import { Confirm } from "../parts/form.tsx";
import { When } from "../parts/when.tsx";
import { EntryBadge } from "./entry-badge.tsx";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";

/** How long a link of the button's lives, in seconds. */
const LINK_LIFE_S = 3600;

/** `GET …/files/:key`. */
export async function file(call: TenantCall): Promise<Response> {
  return show(call, await entryOf(call), null, null);
}

/** `POST …/files/:key`: purges the copy, or makes a link to it. */
export async function actOnFile(call: TenantCall): Promise<Response> {
  const entry = await entryOf(call);
  const values = await readForm(call.request);
  if (values.form === "link") {
    const result = await attempt(values, async () => {
      demand(call, "links:write");
      return await makeLink(call.api, { hash: entry.key, expires_in: LINK_LIFE_S }, call.parts.edge);
    });
    return result.ok ? show(call, entry, result.value.link, null) : show(call, entry, null, result.form.problem, 422);
  }
  const soft = values.form === "refresh";
  const result = await attempt(values, async () => {
    demand(call, "cache:purge");
    return await purgeEntry(call.api, entry.key, soft);
  });
  if (!result.ok) return show(call, entry, null, result.form.problem, 422);
  const text = soft ? "The next download has the copy made anew." : "The copy is purged.";
  return done(call, at(call, "files", entry.key), text);
}

async function entryOf({ api, params }: TenantCall): Promise<Entry> {
  const entry = await findEntry(api, params.key ?? "");
  if (!entry) throw new NoSuchPage();
  return entry;
}

function show(call: TenantCall, entry: Entry, link: string | null, problem: string | null, status = 200): Response {
  const here = at(call, "files", entry.key);
  return tenantPage(call, {
    title: entry.key,
    status,
    lead: <a href={at(call, "files")}>All files</a>,
    children: (
      <>
        {problem && (
          <p class="notice notice-bad" role="alert">
            {problem} {/no link key/i.test(problem) && <a href={at(call, "links")}>Make a link key</a>}
          </p>
        )}
        {link && (
          <section class="section" aria-labelledby="link">
            <h2 id="link">A signed link, good for an hour</h2>
            <Copyable text={link} label="the link" />
          </section>
        )}
        {entry.error && (
          <p class="notice notice-bad">
            The last fill ended without a copy: {entry.error.message} <code>{entry.error.code}</code>
          </p>
        )}
        <div class="section" data-live="entry">
          {entry.progress && <Progress progress={entry.progress} />}
          <Facts facts={factsOf(entry, call.now)} />
        </div>
        <div class="actions">
          {may(call.member, "links:write") && (
            <form method="post" action={here}>
              <button type="submit" name="form" value="link">
                Make a link
              </button>
            </form>
          )}
          {may(call.member, "cache:purge") && (
            <>
              <form method="post" action={here}>
                <button type="submit" name="form" value="refresh" class="quiet">
                  Have it made anew
                </button>
              </form>
              <Confirm
                action={here}
                label="Purge…"
                warning="The copy is taken away everywhere. The next download goes to the origin."
                submit="Purge the copy"
                fields={{ form: "purge" }}
              />
            </>
          )}
        </div>
      </>
    ),
  });
}

function Progress({ progress }: { progress: NonNullable<Entry["progress"]> }) {
  const { bytes: got, total_bytes: total, parts, total_parts, attempts } = progress;
  return (
    <div class="limit">
      <p class="limit-line">
        <strong id="fill">A copy is being made</strong>
        <span>
          {bytes(got)}
          {total !== null && ` of ${bytes(total)}, ${percent(got, total)}`}
        </span>
      </p>
      {total !== null && <progress aria-labelledby="fill" max={total} value={got} />}
      <p class="muted">
        {count(parts)} {total_parts === null ? "parts" : `of ${count(total_parts)} parts`} stored, attempt{" "}
        {count(attempts)}
      </p>
    </div>
  );
}

function factsOf(entry: Entry, now: number) {
  const exact = (at: string | null) => (at === null ? "—" : moment(at));
  return [
    ["State", <EntryBadge key="state" entry={entry} />],
    ["Source", <code key="source">{entry.source_url}</code>],
    ["Size", entry.size === null ? "—" : `${bytes(entry.size)} (${count(entry.size)} bytes)`],
    ["Hits", count(entry.hits)],
    ["Type", entry.content_type ?? "—"],
    ["ETag", entry.etag ? <code key="etag">{entry.etag}</code> : "—"],
    ["SHA-256", entry.sha256 ? <code key="sha">{entry.sha256}</code> : "—"],
    ["Tags", entry.tags.length > 0 ? entry.tags.join(", ") : "none"],
    ["Stored", exact(entry.stored_at)],
    ["Fresh until", entry.fresh_until ? moment(entry.fresh_until) : "it does not get old by itself"],
    ["Removed at", entry.expires_at ? moment(entry.expires_at) : "never, by itself"],
    ["Changed", <When key="changed" at={entry.updated_at} now={now} />],
    ["Wanted anew", entry.refresh_wanted ? "yes, by the next download" : "no"],
  ] as const;
}
