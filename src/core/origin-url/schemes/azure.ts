import { isoTime } from "../moments.ts";
import { always, type Scheme, scheme } from "../scheme.ts";
import type { UrlFacts } from "../url-facts.ts";
import { jwtMoment } from "./claims.ts";

const OVERRIDES = ["rscc", "rscd", "rsce", "rscl", "rsct"];
const GITHUB = /^release-assets\.githubusercontent\.com$/;
/** What a SAS that names addresses allows when it allows all. */
const EVERY_ADDRESS = "0.0.0.0-255.255.255.255";

/** Other interfaces of the service, at the address of a blob. */
export const AZURE_SUB_RESOURCES: ReadonlySet<string> = new Set(["comp", "restype", "resource", "action"]);

/** Shared access signatures of Azure Storage: service, account and user delegation. */
export const AZURE_SCHEMES: readonly Scheme[] = [
  scheme({
    // https://learn.microsoft.com/rest/api/storageservices/create-service-sas and its two siblings
    id: "azure-sas",
    detect: ({ has, place }) => has("sig") && (has("sv") || place?.store === "az"),
    generic: always,
    hosts: GITHUB,
    stores: ["az"],
    required: ["sig", "sv"],
    credential: [
      ...["sv", "ss", "srt", "spr", "st", "se", "sip", "si", "ses", "sr", "sp", "sig", "sdd"],
      ...["skoid", "sktid", "skt", "ske", "sks", "skv", "saoid", "suoid", "scid", "sduoid", "skdutid", "srh", "srq"],
      // GitHub's release assets: rotates, and is no part of the SAS.
      "jwt",
    ],
    uncoveredCredential: ["jwt"],
    select: /^(?:snapshot|versionid)$/,
    present: [...OVERRIDES, "response-content-type", "response-content-disposition"],
    covers,
    uncovered: "ignored",
    subResources: AZURE_SUB_RESOURCES,
    read: (url) => ({
      // A stored access policy (si) may hold the expiry, and can be withdrawn at any time.
      malformed: !(url.has("se") || url.has("si")) || !(url.has("sr") || url.has("ss")),
      starts: [isoTime(url.value("st")), isoTime(url.value("skt"))],
      ends: [isoTime(url.value("se")), isoTime(url.value("ske")), jwtMoment(url.value("jwt"), "exp") ?? null],
      bindings: bindings(url),
    }),
  }),
];

/** An account SAS covers none of the headers that it could override, and only a SAS of one snapshot or version its name. */
function covers({ has, value }: UrlFacts): ReturnType<Scheme["covers"]> {
  const kind = value("sr");
  const covered = new Set([
    ...(has("ss") ? [] : OVERRIDES),
    ...(kind === "bs" ? ["snapshot"] : []),
    ...(kind === "bv" ? ["versionid"] : []),
  ]);
  return ({ name }) => covered.has(name);
}

function bindings({ has, value }: UrlFacts): ("ip" | "user")[] {
  const user = ["srq", "srh", "sduoid"].some(has);
  return [...(has("sip") && value("sip") !== EVERY_ADDRESS ? ["ip" as const] : []), ...(user ? ["user" as const] : [])];
}
