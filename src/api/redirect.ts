/** A 302 that no cache keeps and that tells the target nothing of where its visitor came from. */
export function redirectTo(location: string, cacheStatus: string): Response {
  return new Response(null, {
    status: 302,
    headers: {
      Location: location,
      "Cache-Status": cacheStatus,
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
    },
  });
}
