import { epochSeconds, isoTime } from "../moments.ts";
import { ORACLE, ORACLE_HOST } from "../path-credentials.ts";
import { anyOf, listed, nothing, type Scheme, scheme } from "../scheme.ts";

const BACKBLAZE = /^(?:f\d+|api\d*|pod-\d[\d-]*)\.backblazeb2\.com$/;
const BACKBLAZE_OVERRIDES = [
  ...["b2contentdisposition", "b2contentlanguage", "b2expires", "b2cachecontrol", "b2contentencoding", "b2contenttype"],
];

/** Object stores with a manner of their own. */
export const STORE_SCHEMES: readonly Scheme[] = [
  scheme({
    // https://www.backblaze.com/apidocs/b2-get-download-authorization: a token of 1 second to 7 days, which does not tell.
    id: "b2-native",
    detect: ({ raw, has }) => BACKBLAZE.test(raw.host) && has("authorization"),
    hosts: BACKBLAZE,
    required: ["authorization"],
    credential: ["authorization"],
    select: /^fileid$/,
    present: BACKBLAZE_OVERRIDES,
    covers: listed(...BACKBLAZE_OVERRIDES),
    uncovered: "ignored",
  }),
  scheme({
    // https://docs.oracle.com/en-us/iaas/Content/Object/Tasks/usingpreauthenticatedrequests.htm
    id: "oci-par",
    detect: ({ raw }) => ORACLE_HOST.test(raw.host) && ORACLE.test(raw.path),
    hosts: ORACLE_HOST,
    credential: [],
    select: /^versionid$/,
    present: [
      ...["httpresponsecontentdisposition", "httpresponsecontenttype", "httpresponsecontentlanguage"],
      ...["httpresponsecontentencoding", "httpresponsecachecontrol", "httpresponseexpires"],
    ],
    covers: nothing,
    uncovered: "ignored",
  }),
  scheme({
    // https://docs.openstack.org/swift/latest/api/temporary_url_middleware.html
    id: "swift-tempurl",
    detect: anyOf("temp_url_sig", "temp_url_expires", "temp_url_prefix", "temp_url_ip_range"),
    required: ["temp_url_sig", "temp_url_expires"],
    credential: ["temp_url_sig", "temp_url_expires", "temp_url_prefix", "temp_url_ip_range"],
    select: /^version-id$/,
    present: ["filename", "inline"],
    covers: nothing,
    uncovered: "ignored",
    // A manifest or a link instead of what it stands for.
    subResources: new Set(["multipart-manifest", "symlink"]),
    read: ({ has, value }) => {
      const expires = value("temp_url_expires");
      return {
        ends: [/^\d+$/.test(expires ?? "") ? epochSeconds(expires) : isoTime(expires)],
        bindings: has("temp_url_ip_range") && value("temp_url_ip_range") !== "0.0.0.0/0" ? ["ip"] : [],
      };
    },
  }),
];
