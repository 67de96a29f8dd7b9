import { uploadKey } from "../../src/core/uploads/upload-path.ts";
import type { UploadChunk, UploadName, UploadSession } from "../../src/core/uploads/upload-session.ts";
import type { Uploads } from "../../src/ports/uploads.ts";

type Row = {
  session: UploadSession;
  cleared: boolean;
  readonly chunks: Map<number, { readonly chunk: UploadChunk; readonly doubtful: boolean }>;
};

/** Sessions in a map, by id. */
export type FakeUploads = Uploads & { readonly rows: Map<string, Row> };

export function fakeUploads(): FakeUploads {
  const rows = new Map<string, Row>();
  const at = ({ tenant, id, token = null }: UploadName) => {
    const row = rows.get(id);
    const isNamed = row?.session.tenant === tenant && (token === null || row.session.token === token);
    return isNamed ? row : null;
  };
  const open = (name: UploadName) => {
    const row = at(name);
    return row && (row.session.status === "initiated" || row.session.status === "in_progress") ? row : null;
  };
  const all = () => [...rows.values()];
  return {
    rows,
    async begin(plan) {
      const key = uploadKey(plan);
      if (rows.has(plan.id) || all().some(({ session }) => uploadKey(session) === key)) return false;
      const session = { ...plan, status: "initiated", result: null, updatedAt: plan.createdAt } as const;
      rows.set(plan.id, { session, cleared: false, chunks: new Map() });
      return true;
    },
    find: async (name) => at(name)?.session ?? null,
    async findForChunk(name, index) {
      const row = at(name);
      const known = row?.chunks.get(index);
      if (row && known) row.chunks.set(index, { ...known, doubtful: true });
      return row?.session ?? null;
    },
    async keepChunk(name, chunk, now) {
      const row = open(name);
      if (!row) return false;
      row.chunks.set(chunk.index, { chunk, doubtful: row.chunks.has(chunk.index) });
      row.session = { ...row.session, status: "in_progress", updatedAt: now };
      return true;
    },
    async chunks(name) {
      const known = [...(at(name)?.chunks.values() ?? [])];
      return known.map(({ chunk }) => chunk).toSorted((a, b) => a.index - b.index);
    },
    async forgetDoubtful(name) {
      const row = open(name);
      const doubtful = [...(row?.chunks ?? [])].filter(([, known]) => known.doubtful).map(([index]) => index);
      for (const index of doubtful) row?.chunks.delete(index);
      return doubtful.toSorted((a, b) => a - b);
    },
    async forgetAll(name) {
      open(name)?.chunks.clear();
    },
    async end(name, end, now) {
      const row = open(name);
      if (!row) return false;
      const result = end.status === "completed" ? end.result : null;
      row.session = { ...row.session, status: end.status, result, updatedAt: now };
      return true;
    },
    async noteAsset(name, assetId) {
      const row = at(name);
      if (!row?.session.result) return;
      row.session = { ...row.session, result: { ...row.session.result, assetId } };
    },
    async overdue(now, limit) {
      const over = all().filter(({ session }) => open(session) && session.expiresAt <= now);
      return over.slice(0, limit).map(({ session }) => session);
    },
    async littered(before, limit) {
      const ended = all().filter(({ session, cleared }) => isOver(session) && !cleared && session.updatedAt < before);
      return ended.slice(0, limit).map(({ session }) => session);
    },
    async noteCleared(names) {
      for (const row of names.map(at)) if (row && isOver(row.session)) row.cleared = true;
    },
    async dropEnded(before) {
      const old = all().filter(({ session, cleared }) => cleared && session.updatedAt < before);
      for (const { session } of old) rows.delete(session.id);
      return old.length;
    },
  };
}

/** Whether nothing of it is wanted. */
function isOver({ status }: UploadSession): boolean {
  return status === "cancelled" || status === "expired";
}
