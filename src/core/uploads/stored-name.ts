/**
 * UTF-8 bytes of a stored name without its unique part. File systems take 255, and a key of R2 has 1,024 in all
 * (https://developers.cloudflare.com/r2/platform/limits/).
 */
const MOST_BYTES = 200;
/** What a name is called of which nothing is left. */
const NAMELESS = "file";

/** Shown by nothing, or turning what follows around: bidirectional controls, line separators, zero-width space, BOM. */
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
/** Means something to a path, a URL, a shell or Windows: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const UNSAFE = /[\s<>:"|?*%#&{}^~`[\]\ufffd]+/gu;
const EXTENSION = /^(.+)(\.[A-Za-z0-9]{1,16})$/su;

const encoder = new TextEncoder();

/**
 * A client's file name as the last segment of a path, `unique` before its extension, whatever the name is: of a path only
 * its last segment counts, no dots before or behind, nothing unseen, no more bytes than a file system takes, and no
 * character cut in two, nor what people see as one.
 */
export function storedName(fileName: string, unique: string): string {
  const name = safe(fileName);
  const [, stem = name, extension = ""] = EXTENSION.exec(name) ?? [];
  const kept = trimmed(cut(stem, MOST_BYTES - extension.length));
  return `${kept === "" ? NAMELESS : kept}-${unique}${extension}`;
}

function safe(fileName: string): string {
  const [last = ""] = fileName.toWellFormed().split(/[/\\]/u).slice(-1);
  return trimmed(last.normalize("NFC").replace(UNSEEN, "").replace(UNSAFE, "_"));
}

/** Without what joins letters where there are none, and without dots, which hide a name or are lost at its end. */
function trimmed(name: string): string {
  return name.replace(/^[.\u200c\u200d]+|[.\u200c\u200d]+$/gu, "");
}

/** As much of the beginning as so many bytes hold. */
function cut(name: string, most: number): string {
  if (encoder.encode(name).length <= most) return name;
  const seen = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(name)].map(({ segment }) => segment);
  const kept = fitting(seen, most);
  // One letter may bear any number of marks.
  return kept === "" ? fitting([...name], most) : kept;
}

function fitting(pieces: readonly string[], most: number): string {
  let bytes = 0;
  const end = pieces.findIndex((piece) => {
    bytes += encoder.encode(piece).length;
    return bytes > most;
  });
  return pieces.slice(0, end < 0 ? pieces.length : end).join("");
}
