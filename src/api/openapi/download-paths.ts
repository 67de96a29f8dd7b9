import { error, type Json, path, query, site } from "./operation-parts.ts";

const redirect = {
  description: "To our copy (Cache-Status: snapbyte; hit) or to the origin, byte for byte as given.",
  headers: {
    Location: { schema: { type: "string" } },
    "Cache-Status": { description: "RFC 9211.", schema: { type: "string" } },
  },
};

const proxy = {
  summary: "Download through the cache",
  description:
    "Also as /proxy/https://host/path?…, where all that follows is the URL. exp, nbf, kid, sig, ip and scope make a signed link.",
  parameters: [
    query("url", "The origin's signed URL, percent-encoded. May be left out where hash names a copy."),
    query("hash", "A key of your own for the entry, at most 512 bytes."),
    site,
    query("exp", "Seconds since the epoch: the signed link has ended at this moment."),
    query("nbf", "Seconds since the epoch: the signed link begins at this moment."),
    query("kid", "Names the link key that signed the link."),
    query("sig", "HMAC-SHA256 of the link, in base64url."),
    query("ip", "The address or CIDR block from which the signed link may be used."),
    query("scope", "The signed link is for every key that begins so: text and then one *."),
  ],
  responses: {
    200: {
      description: "The origin's bytes, on a first download through us: to GET alone, by the tenant's fill mode.",
    },
    206: { description: "The range of them that was asked for." },
    302: redirect,
    400: error("url is missing or malformed, or a signed URL was not percent-encoded."),
    403: error("The origin is not on the tenant's allow-list, the signed link does not hold, or not from here."),
    404: error("No such tenant; or, without url, no copy that the caller may have."),
    503: error("Nobody could say whose allow-list counts."),
  },
};

const file = {
  summary: "The bytes of a copy, under a link that /proxy handed out",
  parameters: [path("token", "Opaque."), path("name", "A file name; free.")],
  responses: {
    200: { description: "The whole object." },
    206: { description: "One range of it, or several as multipart/byteranges." },
    302: { description: "The copy is gone or the link has ended: to the origin, while its URL lives." },
    304: { description: "Not modified." },
    403: error("Not a link of ours."),
    404: error("The copy is gone and there is no way back to the origin."),
    410: error("The link was withdrawn, or has ended and there is no way back to the origin."),
    412: { description: "A precondition failed." },
    416: { description: "The range lies outside the object." },
  },
};

/** Which pages of other origins may ask, and how. */
const options = (operation: { readonly parameters: readonly Json[] }) => ({
  summary: "What may be asked, and by which pages (CORS)",
  parameters: operation.parameters,
  responses: { 204: { description: "Allow, and the fields of a preflight where the page is allowed." } },
});

/** What downloads ask. */
export const downloadPaths: Json = {
  "/proxy": { get: proxy, head: proxy, options: options(proxy) },
  "/f/{token}/{name}": { get: file, head: file, options: options(file) },
};
