/** The least that a Worker can do to hand an object over: what R2 says of it, and its body. */
export default {
  async fetch({ url, headers }, { OBJECTS }) {
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.get("Range") ?? "") ?? [];
    const range = first && { offset: Number(first), length: Number(last) - Number(first) + 1 };
    const object = await OBJECTS.get(new URL(url).pathname.slice(1), range ? { range } : {});
    if (!object) return new Response(null, { status: 404 });
    const fields = { "Content-Type": object.httpMetadata.contentType, ETag: object.httpEtag, "Accept-Ranges": "bytes" };
    if (range) fields["Content-Range"] = `bytes ${first}-${last}/${object.size}`;
    return new Response(object.body, { status: range ? 206 : 200, headers: fields });
  },
};
