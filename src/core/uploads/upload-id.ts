/** A session's id: older clients read a time in milliseconds and a UUID in it. */
const UPLOAD_ID = /^[0-9]{13}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `MILLISECONDS-UUID`; `now` in ms since the epoch. */
export function formatUploadId(now: number, uuid: string): string {
  return `${now}-${uuid}`;
}

export function isUploadId(text: string): boolean {
  return UPLOAD_ID.test(text);
}

/** What tells the file of this session from another of its name: eight hexadecimal digits, which are random. */
export function uniquePart(id: string): string {
  return id.slice(14, 22);
}
