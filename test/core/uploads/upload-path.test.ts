import { describe, expect, it } from "vitest";
import { parseObjectKey } from "../../../src/core/entry.ts";
import { formatUploadId, isUploadId, uniquePart } from "../../../src/core/uploads/upload-id.ts";
import { parseUploadKey, uploadKey, uploadPath } from "../../../src/core/uploads/upload-path.ts";
import { tenantId } from "../samples.ts";

const MOMENT = Date.UTC(2024, 0, 12, 23, 59);
const UUID = "1a2b3c4d-0000-4000-8000-000000000000";
const ID = formatUploadId(MOMENT, UUID);
const PLAN: Parameters<typeof uploadPath>[0] = {
  ...{ id: ID, userRole: "creator", userId: "user123", contentType: "video/mp4" },
  ...{ fileName: "presentation.mp4", createdAt: MOMENT },
};

describe("the id of an upload", () => {
  it("is a time in milliseconds, a hyphen and a UUID", () => {
    expect(ID).toBe(`1705103940000-${UUID}`);
    expect(isUploadId(ID)).toBe(true);
    expect(uniquePart(ID)).toBe("1a2b3c4d");
  });

  it.each(["", UUID, `1705103940000-${UUID}x`, `1705103940000-${UUID.toUpperCase()}`, "../1", `x${ID}`, `${ID}\n`])(
    "is not %j",
    (text) => {
      expect(isUploadId(text)).toBe(false);
    },
  );
});

describe("where an upload lies", () => {
  it("is told by role, user, day in UTC, category and name", () => {
    expect(uploadPath(PLAN)).toBe("creator/user123/20240112/video/presentation-1a2b3c4d.mp4");
    expect(uploadPath({ ...PLAN, createdAt: MOMENT + 60_000, contentType: "text/csv", userRole: "member" })).toBe(
      "member/user123/20240113/document/presentation-1a2b3c4d.mp4",
    );
  });

  it("has five segments, whatever the file is called", () => {
    for (const fileName of ["../../../x", "a/b/c", "", "..", "\\\\server\\share"]) {
      expect(uploadPath({ ...PLAN, fileName }).split("/")).toHaveLength(5);
    }
  });

  it("is another for each session, though all that the client says is the same", () => {
    const other = formatUploadId(MOMENT, "9a2b3c4d-0000-4000-8000-000000000000");
    expect(uploadPath({ ...PLAN, id: other })).not.toBe(uploadPath(PLAN));
  });

  it("is in the tenant's folder, apart from copies", () => {
    const tenant = tenantId("tenant-1");
    const path = uploadPath(PLAN);
    const key = uploadKey({ tenant, path });
    expect(key).toBe(`uploads/tenant-1/${path}`);
    expect(parseUploadKey(key)).toEqual({ tenant, path });
    expect(parseObjectKey(key)).toBeNull();
    expect(parseUploadKey("tenant-1/a/b")).toBeNull();
    expect(parseUploadKey("uploads/tenant-1")).toBeNull();
  });

  it("fits into a key of the store, however long all of it is", () => {
    const longest = uploadPath({ ...PLAN, userRole: "subscriber", userId: "u".repeat(128), fileName: "é".repeat(500) });
    expect(
      new TextEncoder().encode(uploadKey({ tenant: tenantId("t".repeat(64)), path: longest })).length,
    ).toBeLessThan(1024);
  });
});
