import { encodeNonAscii } from "../origin-url/percent-encoding.ts";
import { DEFAULT_PORT, type RawParameter, type RawUrl } from "../origin-url/raw-url.ts";

/** The URL as a client asks for it, with these of its parameters: host in lower case, no default port, only ASCII. */
export function sentUrl(raw: RawUrl, parameters: readonly RawParameter[] = raw.parameters): string {
  const query = parameters.map((parameter) => encodeNonAscii(parameter.raw)).join("&");
  return `${raw.scheme}://${sentHost(raw)}${encodeNonAscii(raw.path)}${query && `?${query}`}`;
}

/** The value of the client's Host header. */
export function sentHost({ scheme, host, port }: RawUrl): string {
  return port === DEFAULT_PORT[scheme] ? host : `${host}:${port}`;
}
