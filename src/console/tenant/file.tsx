import { type Entry, findEntry, purgeEntry } from "../api/entries.ts";
import { readFileUsage } from "../api/file-usage.ts";
import { makeLink } from "../api/links.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { readForm } from "../frame/forms.ts";
import { NoSuchPage } from "../frame/no-such-page.ts";
import { may } from "../identity.ts";
import { Copyable } from "../parts/copyable.tsx";
import { Confirm } from "../parts/form.tsx";
import { orProblem } from "../parts/problem-note.tsx";
import { FileFacts, FillProgress } from "./file-facts.tsx";
import { FileUsage } from "./file-usage.tsx";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";

/** How long a link of the button's lives, in seconds. */
const LINK_LIFE_S = 3600;

/** What a form of the page has brought: a link to be copied, or what is wrong. */
type Result = { readonly link?: string; readonly problem?: string | null };

/** `GET …/files/:key`. */
export async function file(call: TenantCall): Promise<Response> {
  return await show(call, await entryOf(call), {});
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
    if (result.ok) return await show(call, entry, { link: result.value.link });
    return await show(call, entry, { problem: result.form.problem }, 422);
  }
  const soft = values.form === "refresh";
  const result = await attempt(values, async () => {
    demand(call, "cache:purge");
    return await purgeEntry(call.api, entry.key, soft);
  });
  if (!result.ok) return await show(call, entry, { problem: result.form.problem }, 422);
  const text = soft ? "The next download has the copy made anew." : "The copy is purged.";
  return done(call, at(call, "files", entry.key), text);
}

async function entryOf({ api, params }: TenantCall): Promise<Entry> {
  const entry = await findEntry(api, params.key ?? "");
  if (!entry) throw new NoSuchPage();
  return entry;
}

async function show(call: TenantCall, entry: Entry, { link, problem }: Result, status = 200): Promise<Response> {
  const usage = await orProblem(readFileUsage(call.api, entry.key));
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
        <div class="section" data-live="entry" data-settled={entry.status === "filling" || entry.progress ? null : ""}>
          {entry.error && (
            <p class="notice notice-bad">
              The last fill ended without a copy: {entry.error.message} <code>{entry.error.code}</code>
            </p>
          )}
          {entry.progress && <FillProgress progress={entry.progress} />}
          <FileFacts entry={entry} now={call.now} />
        </div>
        <Actions call={call} entry={entry} />
        <FileUsage usage={usage} />
      </>
    ),
  });
}

function Actions({ call, entry }: { readonly call: TenantCall; readonly entry: Entry }) {
  const here = at(call, "files", entry.key);
  const own = entry.key.startsWith("url-") ? "" : `?preload=${encodeURIComponent(entry.key)}`;
  return (
    <div class="actions">
      {may(call.member, "links:write") && (
        <form method="post" action={here}>
          <button type="submit" name="form" value="link">
            Make a link
          </button>
        </form>
      )}
      {may(call.member, "preload:write") && (
        <a class="button quiet" href={`${at(call, "files")}${own}#preload`}>
          Preload from a URL
        </a>
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
  );
}
