/** Lines of one manifest that say something; blank ones do not count. */
export const MAX_MANIFEST_LINES = 100_000;

/**
 * Bytes of one manifest, wherever it comes from. Cloudflare takes bodies of 100 MB on the plans Free and Pro:
 * https://developers.cloudflare.com/workers/platform/limits/#request-limits
 */
export const MAX_MANIFEST_BYTES = 95_000_000;

/** Bytes of one line: a URL of 8 KiB and a key of 512 bytes, with every character escaped as JSON may do it. */
export const MAX_LINE_BYTES = 64 * 1024;

/** Lines that are worked on at once: their claims and messages take a consumer some seconds. */
export const CHUNK_LINES = 500;

/** Characters of the lines that are worked on at once, but for the last of them. Several lie in memory side by side. */
export const CHUNK_CHARACTERS = 2 ** 20;

/**
 * Chunks that are handed to the consumers in a second. Each becomes up to {@link CHUNK_LINES} messages, and a queue takes
 * 5,000 messages a second (https://developers.cloudflare.com/queues/platform/limits/): this leaves half of that to others.
 */
export const CHUNKS_PER_SECOND = 5;
