/** Where Stripe takes over: browsers hold a form's redirects to form-action, too (CSP 3, section 6.4.3). */
const PAYMENT = ["https://checkout.stripe.com", "https://billing.stripe.com"];

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  `form-action 'self' ${PAYMENT.join(" ")}`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A year, in seconds. */
const HSTS_S = 31_536_000;

/**
 * The fields of every answer. No inline script or style, no other host, no frame around us. The referrer stays within the
 * console: with no-referrer a form's Origin would be null (Fetch, "append a request Origin header").
 */
export function securityHeaders(url: URL): Record<string, string> {
  return {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ...(url.protocol === "https:" && { "Strict-Transport-Security": `max-age=${HSTS_S}` }),
  };
}

/**
 * Whether a request that changes something comes from a page of ours. Browsers send Origin with every POST, and all that
 * are kept up Sec-Fetch-Site; what sends neither is no browser, and has the API.
 */
export function isOurs(request: Request): boolean {
  const site = request.headers.get("Sec-Fetch-Site");
  const origin = request.headers.get("Origin");
  if (site !== null && site !== "same-origin") return false;
  return origin === null ? site === "same-origin" : origin === new URL(request.url).origin;
}

/** A path of ours to go to after signing in; anything else, `//host` and `/\host` included, is the fallback. */
export function ownPath(text: string | null, fallback: string): string {
  if (!text || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes("\\")) return fallback;
  return text;
}
