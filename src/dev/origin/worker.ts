/** The demo origin is wrangler's own S3 endpoint for a bucket; a bucket needs a Worker to be bound to. */
export default {
  fetch: () => new Response("Only the S3 endpoint is served here.\n", { status: 404 }),
};
