import type { UploadName } from "../../src/core/uploads/upload-session.ts";
import type { TusState, TusTail, TusUploads, TusWriter } from "../../src/ports/tus-uploads.ts";
import type { FakeUploads } from "./uploads.ts";

type Row = Pick<TusState, "metadata" | "concat"> & { tail: TusTail | null; writer: TusWriter | null };

/** What the protocol adds to the sessions of `uploads`, by id. */
export function fakeTusUploads(uploads: FakeUploads): TusUploads & { readonly tusRows: Map<string, Row> } {
  const tusRows = new Map<string, Row>();
  const at = async (name: UploadName) => ((await uploads.find(name)) ? (tusRows.get(name.id) ?? null) : null);
  const held = async (name: UploadName, { id }: Pick<TusWriter, "id">) => {
    const row = await at(name);
    return row?.writer?.id === id ? row : null;
  };
  return {
    tusRows,
    async begin({ id }, said) {
      tusRows.set(id, { ...said, tail: null, writer: null });
    },
    async find(name) {
      const row = await at(name);
      if (!row) return null;
      const chunks = await uploads.chunks(name);
      const whole = chunks.reduce((sum, { bytes }) => sum + bytes, 0);
      const { metadata, concat, tail } = row;
      return { metadata, concat, tail, parts: chunks.length, offset: whole + (tail?.bytes ?? 0) };
    },
    async findMade({ tenant, token = null }, concat) {
      for (const [id, row] of tusRows) {
        const session = row.concat === concat ? await uploads.find({ tenant, id, token }) : null;
        if (session?.status === "completed") return id;
      }
      return null;
    },
    async claim(name, writer, now) {
      const row = await at(name);
      if (!row || (row.writer && row.writer.until > now)) return false;
      row.writer = writer;
      return true;
    },
    async renew(name, writer) {
      const row = await held(name, writer);
      if (row) row.writer = writer;
      return row !== null;
    },
    async keep(name, writer, { chunks, tail }, now) {
      const row = await held(name, writer);
      const session = await uploads.find(name);
      if (!row || !(session?.status === "initiated" || session?.status === "in_progress")) return false;
      Object.assign(row, { tail, writer });
      for (const chunk of chunks) await uploads.keepChunk(name, chunk, now);
      return true;
    },
    async release(name, writerId) {
      const row = await held(name, { id: writerId });
      if (row) row.writer = null;
    },
  };
}
