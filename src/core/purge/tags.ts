/** Tags that one preload, link or origin rule may give. */
export const MAX_TAGS = 16;
/** Characters of one. */
export const MAX_TAG_LENGTH = 64;
/** Tags that an entry keeps, whoever gave them: of more the oldest are forgotten. */
export const MAX_ENTRY_TAGS = 64;

/** Printable ASCII without space and comma: what a list in a link, and a Cache-Tag field, can hold. */
export const TAG = new RegExp(`^[!-+\\--~]{1,${MAX_TAG_LENGTH}}$`);

/** A tag as it is kept and compared: case does not count, as in the cache tags of CDNs. */
export function foldTag(tag: string): string {
  return tag.toLowerCase();
}

/** Several lists as one, each tag once. */
export function unionOfTags(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat().map(foldTag))];
}

/** The tags of a link's `tags=a,b`; `null`: it is no list of tags. */
export function readTags(text: string): string[] | null {
  const tags = text.split(",");
  return tags.length <= MAX_TAGS && tags.every((tag) => TAG.test(tag)) ? unionOfTags(tags) : null;
}
