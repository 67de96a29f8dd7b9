import { hasDotSegments } from "../origin-url/percent-encoding.ts";

/**
 * The path percent-decoded, as stores sign it that sign what an object is called. `null` where servers differ about which
 * object that is: broken encoding, dot segments once it is decoded, or a backslash, which some take for a slash.
 */
export function decodedPath(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes("\\") || hasDotSegments(decoded) || hasDotSegments(path) ? null : decoded;
  } catch {
    return null;
  }
}
