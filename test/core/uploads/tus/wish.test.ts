import { describe, expect, it } from "vitest";
import { SnapbyteError } from "../../../../src/core/errors.ts";
import { wishOfMetadata } from "../../../../src/core/uploads/tus/wish.ts";
import { beyondGrant, type UploadGrant } from "../../../../src/core/uploads/upload-token.ts";
import { NOON } from "../../samples.ts";

const GRANT: UploadGrant = {
  ...{ site: "acme", kid: "01234567", user_id: "user123", user_role: "creator", content_type: "video/mp4" },
  ...{ max_size: 1000, file_name: "a.mp4", exp: NOON / 1000 },
};
const said = (pairs: Record<string, string>) => new Map(Object.entries(pairs));

describe("what a client of the tus protocol wants", () => {
  it("is told by the names that Uppy uses", () => {
    const metadata = { name: "b.png", filename: "a.png", filetype: "image/png", type: "image/jpeg" };
    expect(wishOfMetadata(said(metadata), 7, null)).toEqual({
      ...{ fileName: "a.png", size: 7, userId: "anonymous", userRole: "member", contentType: "image/png" },
      ...{ sha256: null, asset: false },
    });
  });

  it("may say whose it is, and more", () => {
    const more = { user_id: "u1", user_role: "creator", sha256: "AB".repeat(32), asset: "true" };
    expect(wishOfMetadata(said(more), 7, null)).toMatchObject({
      ...{ userId: "u1", userRole: "creator", sha256: "ab".repeat(32), asset: true },
    });
  });

  it("is of a type that its token is for where it is a part of another", () => {
    const grant = { ...GRANT, content_type: "video/*" };
    expect(wishOfMetadata(said({}), 7, grant, true).contentType).toBe("video/x-part");
    expect(beyondGrant(grant, wishOfMetadata(said({ filename: "a.mp4" }), 7, grant, true))).toBeNull();
    expect(beyondGrant(grant, wishOfMetadata(said({ filename: "a.mp4" }), 7, grant))).toBe("content_type");
    expect(wishOfMetadata(said({}), 7, GRANT, true).contentType).toBe("video/mp4");
    expect(wishOfMetadata(said({}), 7, null, true).contentType).toBe("application/octet-stream");
  });

  it("is what its token says where it says nothing", () => {
    expect(wishOfMetadata(said({}), 7, GRANT)).toMatchObject({
      ...{ userId: "user123", userRole: "creator", contentType: "video/mp4", fileName: "a.mp4" },
    });
    expect(wishOfMetadata(said({}), 7, { ...GRANT, content_type: "video/*" }).contentType).toBe(
      "application/octet-stream",
    );
  });

  it("is a file all the same where nothing is said at all", () => {
    expect(wishOfMetadata(said({}), 0, null)).toMatchObject({
      fileName: "file",
      contentType: "application/octet-stream",
    });
  });

  it.each([
    ["user_id", "../x"],
    ["user_role", "owner"],
    ["filetype", "video"],
    ["sha256", "ab"],
    ["filename", "x".repeat(1025)],
  ])("is refused where %s is not valid, and named", (name, value) => {
    let thrown: unknown;
    try {
      wishOfMetadata(said({ [name]: value }), 7, null);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SnapbyteError);
    expect((thrown as SnapbyteError).message).toContain(name);
  });
});
