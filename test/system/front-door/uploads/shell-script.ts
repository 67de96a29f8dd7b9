import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { CHUNK, type Completed, content, type Status, sha256, storedFile } from "./uploading.ts";

/** As the documentation of the upload API has it. */
const SCRIPT = `
size=$(stat -c %s video.mp4)
up=$(curl -sf -X POST "$API/api/upload/init" -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \\
  -d "{\\"file_name\\":\\"video.mp4\\",\\"total_size\\":$size,\\"user_id\\":\\"user123\\",\\"user_role\\":\\"creator\\",\\"content_type\\":\\"video/mp4\\"}")
id=$(echo "$up" | python3 -c 'import json,sys; print(json.load(sys.stdin)["upload_id"])')
chunk=$(echo "$up" | python3 -c 'import json,sys; print(json.load(sys.stdin)["chunk_size"])')
split -b "$chunk" -d -a 4 video.mp4 part.
i=0; for p in part.*; do
  curl -sf -X PUT "$API/api/upload/chunk" -H "Authorization: Bearer $KEY" -H "X-Upload-Id: $id" -H "X-Chunk-Index: $i" \\
    -H 'Content-Type: application/octet-stream' --data-binary "@$p"; i=$((i+1)); done
curl -sf "$API/api/upload/$id/status" -H "Authorization: Bearer $KEY"
curl -sf -X POST "$API/api/upload/complete" -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' -d "{\\"upload_id\\":\\"$id\\"}"
`;

/** Runs it in a directory where only the file is, and returns the answers that it shows. */
async function run({ api, apiKey }: Stack, file: Uint8Array): Promise<readonly unknown[]> {
  const cwd = await mkdtemp(join(tmpdir(), "snapbyte-script-"));
  try {
    await writeFile(join(cwd, "video.mp4"), file);
    const env = { ...process.env, API: api, KEY: apiKey };
    const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", SCRIPT], { cwd, env });
    return JSON.parse(`[${stdout.replaceAll("}{", "},{")}]`) as unknown[];
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

export function shellScript(stack: () => Stack): void {
  it.each([
    ["several chunks", 2 * CHUNK + 7],
    ["one chunk", 1000],
  ])("uploads a file of %s with curl", async (_, size) => {
    const file = content(size);
    const answers = await run(stack(), file);
    const chunks = Array.from({ length: Math.ceil(size / CHUNK) }, (_, index) => index);
    const [status, done] = answers.slice(-2) as [Status, Completed];
    const { upload_id } = status;
    expect(upload_id).toMatch(/^[0-9]{13}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    expect(answers.slice(0, -2)).toEqual(
      chunks.map((index) => ({ upload_id, chunk_index: index, status: "uploaded" })),
    );
    expect(status).toEqual({
      ...{ upload_id, file_name: "video.mp4", total_size: size, user_id: "user123", user_role: "creator" },
      ...{ content_type: "video/mp4", status: "in_progress", chunks_uploaded: chunks.length, chunks },
      ...{ bytes_uploaded: size, chunk_size: CHUNK, created_at: expect.stringMatching(/Z$/) },
      ...{ updated_at: expect.stringMatching(/Z$/), expires_at: expect.stringMatching(/Z$/) },
    });
    expect(done).toEqual({
      ...{ upload_id, status: "completed", size, etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) },
      r2_key: expect.stringMatching(/^creator\/user123\/[0-9]{8}\/video\/video-[0-9a-f]{8}\.mp4$/),
      sha256: chunks.length === 1 ? sha256(file) : null,
    });
    expect(sha256((await storedFile(stack(), done.r2_key)) ?? new Uint8Array())).toBe(sha256(file));
  });
}
