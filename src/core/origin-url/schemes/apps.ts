import { epochMilliseconds, hexSeconds } from "../moments.ts";
import { anyOf, nothing, type Reading, type Scheme, scheme } from "../scheme.ts";
import type { UrlFacts } from "../url-facts.ts";
import { decodeJson, field, jwtClaims, jwtMoment } from "./claims.ts";

const SUPABASE_PATH = /^\/storage\/v1\/(?:object|render\/image)\/sign\/./;
const DISCORD = /^(?:cdn\.discordapp\.com|media\.discordapp\.net)$/;
const FIREBASE = /^firebasestorage\.googleapis\.com$/;
const ONEDRIVE = /(?:^|\.)(?:sharepoint\.com|1drv\.com|microsoftpersonalcontent\.com)$/;
const DROPBOX = /\.dl\.dropboxusercontent\.com$/;
const UPLOADTHING = /(?:^|\.)ufs\.sh$|^utfs\.io$/;

/** Platforms that hand out links of their own to what they keep. */
export const APP_SCHEMES: readonly Scheme[] = [
  scheme({
    // https://github.com/supabase/storage: the path, and how an image is changed, are in the token.
    id: "supabase",
    detect: ({ path, has }) => SUPABASE_PATH.test(path) && has("token"),
    generic: () => true,
    hosts: /\.supabase\.(?:co|in)$/,
    required: ["token"],
    // The last two only keep browsers' caches apart.
    credential: ["token", "cachenonce", "t"],
    uncoveredCredential: ["cachenonce", "t"],
    present: ["download"],
    covers: nothing,
    uncovered: "ignored",
    read: readSupabase,
  }),
  scheme({
    // Without alt=media it answers with JSON about the object.
    id: "firebase",
    detect: ({ raw, path, has }) => FIREBASE.test(raw.host) && /^\/v0\/b\/[^/]+\/o\/./.test(path) && has("token"),
    hosts: FIREBASE,
    required: ["token"],
    credential: ["token"],
    select: /^(?:alt|generation)$/,
    covers: nothing,
    uncovered: "ignored",
  }),
  scheme({
    // https://vercel.com/docs/vercel-blob/vercel-signed-urls
    id: "vercel-blob",
    detect: anyOf(
      ...["vercel-blob-signature", "vercel-blob-delegation", "vercel-blob-valid-until"],
      ...["vercel-blob-access", "vercel-blob-store-id"],
    ),
    hosts: /\.blob\.vercel-storage\.com$/,
    required: ["vercel-blob-signature", "vercel-blob-delegation"],
    credential: [
      ...["vercel-blob-signature", "vercel-blob-delegation", "vercel-blob-valid-until"],
      ...["vercel-blob-access", "vercel-blob-store-id"],
    ],
    present: ["download"],
    covers: nothing,
    uncovered: "ignored",
    read: readVercel,
  }),
  scheme({
    // https://github.com/pingdotgg/uploadthing, packages/shared/src/crypto.ts
    id: "uploadthing",
    detect: ({ raw, has }) => UPLOADTHING.test(raw.host) && has("signature"),
    hosts: UPLOADTHING,
    required: ["expires", "signature"],
    credential: ["expires", "signature"],
    read: ({ value }) => ({ ends: [epochMilliseconds(value("expires"))] }),
  }),
  scheme({
    id: "discord",
    detect: (url) => DISCORD.test(url.raw.host) && anyOf("ex", "is", "hm")(url),
    hosts: DISCORD,
    required: ["ex", "is", "hm"],
    credential: ["ex", "is", "hm"],
    select: /^(?:format|width|height|quality)$/,
    covers: nothing,
    uncovered: "ignored",
    read: ({ value }) => ({ starts: [hexSeconds(value("is"))], ends: [hexSeconds(value("ex"))] }),
  }),
  scheme({
    // SharePoint and OneDrive, pre-authenticated download links. The object is named by what else is in the query.
    id: "onedrive",
    detect: ({ raw, has }) => ONEDRIVE.test(raw.host) && has("tempauth"),
    hosts: ONEDRIVE,
    required: ["tempauth"],
    credential: ["tempauth"],
    covers: nothing,
    read: ({ value }) => ({ ends: [jwtMoment((value("tempauth") ?? "").replace(/^v\d\./, ""), "exp")] }),
  }),
  scheme({
    // Temporary links: the path is the credential and the one name that the file has, so it stays in the identity.
    id: "dropbox",
    detect: ({ raw }) => DROPBOX.test(raw.host),
    hosts: DROPBOX,
    credential: [],
    covers: nothing,
  }),
];

function readSupabase({ value }: UrlFacts): Reading {
  const changes = field(jwtClaims(value("token")), "transformations");
  return {
    ends: [jwtMoment(value("token"), "exp") ?? "unreadable"],
    selects: typeof changes === "string" && changes !== "" ? [`transformations=${encodeURIComponent(changes)}`] : [],
  };
}

/** The delegation is base64url JSON, a dot and its signature; its end in ms bounds that of the link. */
function readVercel({ value }: UrlFacts): Reading {
  const until = field(decodeJson((value("vercel-blob-delegation") ?? "").split(".")[0] ?? ""), "validUntil");
  const delegated = typeof until === "number" && Number.isFinite(until) ? until : null;
  const own = epochMilliseconds(value("vercel-blob-valid-until"));
  return { malformed: own === null && delegated === null, ends: [own, delegated] };
}
