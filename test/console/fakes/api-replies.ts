import type { ApiData } from "./api-data.ts";

/** What a fake API has to answer a call with. */
export type Given = {
  readonly data: ApiData;
  readonly params: readonly string[];
  readonly url: URL;
  readonly body: Body;
};
export type Body = Readonly<Record<string, unknown>>;
export type Reply = unknown | Response;

/** Which calls it is about, by method and path, and what it answers. */
export type FakeRoute = readonly [RegExp, (given: Given) => Reply];

export async function bodyOf(request: Request): Promise<Body | undefined> {
  if (request.headers.get("Content-Type")?.startsWith("multipart/")) {
    return Object.fromEntries(await request.formData()) as Body;
  }
  const text = await request.text();
  return text ? (JSON.parse(text) as Body) : undefined;
}

export function problem(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message, timestamp: "2026-11-21T12:00:00Z", request_id: "r1" } }, { status });
}

export const notFound = () => problem(404, "NOT_FOUND", "There is nothing at this address.");
export const deleted = (more: object) => ({ ...more, status: "deleted" });

/** Rows from the cursor on, which counts them. */
export function pageOf<Row>(rows: readonly Row[], url: URL): { rows: Row[]; cursor: string | null } {
  const limit = Number(url.searchParams.get("limit") ?? 100);
  const from = Number(url.searchParams.get("cursor") ?? 0);
  return { rows: rows.slice(from, from + limit), cursor: from + limit < rows.length ? String(from + limit) : null };
}
