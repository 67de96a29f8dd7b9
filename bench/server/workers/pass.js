/** The least that a Worker can do to pass a download on: what any of them adds to the way. */
export default {
  fetch(request) {
    return fetch(new URL(request.url).searchParams.get("url"), { redirect: "manual" });
  },
};
