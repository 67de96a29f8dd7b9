import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Where a text was found, and the bytes before it. */
export type Finding = { readonly file: string; readonly text: string; readonly before: string };

/** A file is read in pieces of this size: a multiple of a group's. */
export const CHUNK_BYTES = 8 * 2 ** 20;
const BEFORE_BYTES = 40;
/** A text of 15 bytes or more covers one whole group of 8, wherever it begins: so only every eighth byte is looked at. */
const GROUP_BYTES = 8;
const SHORTEST_TEXT_BYTES = 2 * GROUP_BYTES - 1;

/** A text to look for, and with which of its bytes a group begins. */
type Candidate = { readonly text: Buffer; readonly start: number };
/** The candidates of a group, by a number that is made of it. */
type Groups = ReadonlyMap<number, readonly Candidate[]>;

/**
 * Looks for the texts in every file below a directory: one finding at most for each text and file. A file that is gone
 * before it is its turn keeps nothing: SQLite removes its own as it closes them.
 */
export async function searchFiles(directory: string, texts: readonly string[]): Promise<readonly Finding[]> {
  const groups = groupsOf(texts.map((text) => Buffer.from(text)));
  const overlap = Math.max(0, ...texts.map((text) => Buffer.byteLength(text))) + BEFORE_BYTES;
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const findings: Finding[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const file = join(entry.parentPath, entry.name);
    findings.push(...(await searchFile(file, groups, { chunk, overlap })));
  }
  return findings;
}

function groupsOf(texts: readonly Buffer[]): Groups {
  const groups = new Map<number, Candidate[]>();
  for (const text of texts) {
    if (text.length < SHORTEST_TEXT_BYTES) throw new Error(`${text} is too short to be looked for`);
    for (let start = 0; start < GROUP_BYTES; start++) {
      const number = numberOf(text.readInt32LE(start), text.readInt32LE(start + 4));
      groups.set(number, [...(groups.get(number) ?? []), { text, start }]);
    }
  }
  return groups;
}

function numberOf(first: number, second: number): number {
  return (first ^ Math.imul(second, 0x9e3779b1)) >>> 2;
}

/** `overlap`: what begins before the end of a chunk is found whole in the next one. */
async function searchFile(
  file: string,
  groups: Groups,
  { chunk, overlap }: { readonly chunk: Buffer; readonly overlap: number },
): Promise<readonly Finding[]> {
  const found = new Map<string, Finding>();
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (!handle) return [];
  try {
    for (let position = 0; ; position += chunk.length - overlap) {
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
      for (const finding of searchBytes(chunk.subarray(0, bytesRead), groups)) {
        found.set(finding.text, { file, ...finding });
      }
      if (bytesRead < chunk.length) return [...found.values()];
    }
  } finally {
    await handle.close();
  }
}

function searchBytes(bytes: Buffer, groups: Groups): Omit<Finding, "file">[] {
  const findings: Omit<Finding, "file">[] = [];
  for (let at = 0; at + GROUP_BYTES <= bytes.length; at += GROUP_BYTES) {
    const candidates = groups.get(numberOf(bytes.readInt32LE(at), bytes.readInt32LE(at + 4)));
    for (const { text, start } of candidates ?? []) {
      const begin = at - start;
      if (begin < 0 || !bytes.subarray(begin, begin + text.length).equals(text)) continue;
      const before = bytes.toString("latin1", Math.max(0, begin - BEFORE_BYTES), begin);
      findings.push({ text: text.toString(), before });
    }
  }
  return findings;
}
