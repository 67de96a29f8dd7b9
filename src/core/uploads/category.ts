/** The folder for a kind of file. */
export type UploadCategory = "image" | "video" | "audio" | "document" | "other";

const MEDIA = ["image", "video", "audio"] as const;

/** Types of office suites and the like, by the beginning of their subtype. */
const DOCUMENTS = [
  ...["pdf", "rtf", "msword", "epub+zip", "postscript", "json", "xml", "x-yaml", "yaml", "x-tex", "x-latex"],
  ...["vnd.ms-excel", "vnd.ms-powerpoint", "vnd.ms-word", "vnd.ms-works", "vnd.visio", "vnd.apple.pages"],
  ...["vnd.apple.numbers", "vnd.apple.keynote", "vnd.openxmlformats-officedocument", "vnd.oasis.opendocument"],
];

/** The category of a MIME type. What the bytes are is not looked at. */
export function categoryOf(contentType: string): UploadCategory {
  const [type = "", subtype = ""] = contentType.toLowerCase().split(";", 1).join("").trim().split("/");
  const media = MEDIA.find((each) => each === type);
  if (media) return media;
  if (type === "text") return "document";
  const isDocument = type === "application" && DOCUMENTS.some((name) => begins(subtype, name));
  return isDocument ? "document" : "other";
}

/** Whether the subtype is this one, or one below it. */
function begins(subtype: string, name: string): boolean {
  return subtype === name || subtype.startsWith(`${name}.`) || subtype.startsWith(`${name}-`);
}
