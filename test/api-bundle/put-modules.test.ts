import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { putModules } from "../../src/cli/build-api.ts";

const built = (...names: string[]) => ({
  outputFiles: names.map((name) => ({
    path: `/elsewhere/${name}`,
    text: name,
    contents: new TextEncoder().encode(name),
  })),
});

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "snapbyte-modules-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const there = async () => (await readdir(directory)).toSorted();
const leave = async (...names: string[]) => {
  for (const name of names) await writeFile(join(directory, name), "old");
};
/** The number of a process that has ended. */
const ended = () => spawnSync(process.execPath, ["--version"]).pid;

describe("the modules of a build", () => {
  it("lie in the directory, also in one that is not there yet", async () => {
    await putModules(built("worker.js", "worker.js.map"), join(directory, "dist/api"));
    expect(await readFile(join(directory, "dist/api/worker.js"), "utf8")).toBe("worker.js");
  });

  it("take the place of those of the last one", async () => {
    await leave("worker.js", "chunk-OLD.js", "chunk-OLD.js.map", "notes.txt");
    await putModules(built("worker.js", "chunk-NEW.js"), directory);
    expect(await there()).toEqual(["chunk-NEW.js", "notes.txt", "worker.js"]);
    expect(await readFile(join(directory, "worker.js"), "utf8")).toBe("worker.js");
  });

  it("lie beside nothing that a build has left which was killed", async () => {
    await leave(`worker.js.${ended()}`, `chunk-A.js.map.${ended()}`);
    await putModules(built("worker.js"), directory);
    expect(await there()).toEqual(["worker.js"]);
  });

  it("leave alone what another build is writing at this moment", async () => {
    const theirs = `worker.js.${process.ppid}`;
    await leave(theirs);
    await putModules(built("worker.js"), directory);
    expect(await there()).toEqual(["worker.js", theirs]);
  });
});
