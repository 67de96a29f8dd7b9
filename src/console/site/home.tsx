import { page } from "../frame/answer.ts";
import type { Call } from "../frame/call.ts";
import { SiteLayout } from "../frame/site-layout.tsx";
import { Copyable } from "../parts/copyable.tsx";
import { FigureRow } from "../parts/figure-row.tsx";
import { Diagram } from "./diagram.tsx";

const PROMISES = [
  [
    "No leak",
    "A copy goes only to somebody whose link your bucket would accept now, or whom you allowed. Without proof the client is sent to the bucket, which checks its own signature.",
  ],
  [
    "No wrong byte",
    "A copy is served only when it is whole and is what your bucket declared: length, MD5, SHA, CRC, whatever it says. A mismatch is never published.",
  ],
  [
    "No dead end",
    "When anything of ours is slow or down, the answer is a redirect to your bucket. A first download never waits for the copy to be made.",
  ],
] as const;

const START = 'npm ci && npm run dev\ncurl -L -G http://127.0.0.1:8787/proxy --data-urlencode "url=$URL" -o file';

/** `GET /`. */
export async function home(call: Call): Promise<Response> {
  const { figures } = call.parts.built;
  return page(
    call,
    <SiteLayout
      call={call}
      title="Snapbyte"
      description="An egress-cost cache for files behind signed URLs. Your bucket sends a file once; the later downloads cost no egress."
    >
      <section class="hero">
        <div class="hero-words">
          <h1>Your bucket sends a file once. Then it rests.</h1>
          <p class="lead">
            Snapbyte stands in front of the signed links that you already make, for S3, Google Cloud Storage, Azure and
            whatever speaks like them. The first download goes to your bucket. The later ones come out of a store whose
            egress is free.
          </p>
          <p class="actions">
            <a class="button" href="/calculator">
              See what it would save
            </a>
            <a class="button quiet" href="/docs/start">
              Read how it works
            </a>
          </p>
        </div>
        <Diagram />
      </section>

      <section class="band" aria-labelledby="promises">
        <h2 id="promises">What it never does</h2>
        <ul class="three">
          {PROMISES.map(([title, text]) => (
            <li key={title}>
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      </section>

      <section class="band two" aria-labelledby="start">
        <div class="hero-words">
          <h2 id="start">Two commands</h2>
          <p class="lead">
            The whole system on your machine, with an S3 of its own that checks signatures. No account, and no network
            beyond the npm registry. <code>npm run dev</code> prints links to try.
          </p>
          <p>
            In your code, one line changes: put <code>https://edge.example.com/proxy?url=</code> in front of the link.
          </p>
        </div>
        <Copyable text={START} label="the two commands" lines />
      </section>

      <section class="band" aria-labelledby="figures">
        <h2 id="figures">What we measured</h2>
        <FigureRow
          label="Measurements"
          stats={[
            {
              label: "A million popular hits",
              value: `$${Number(figures.warmHit).toFixed(2)}`,
              note: `on the platform; $${Number(figures.coldHit).toFixed(2)} when nothing is warm`,
              main: true,
            },
            { label: "A million misses", value: `$${Number(figures.miss).toFixed(2)}`, note: "the fills come on top" },
            {
              label: "CPU of a hit",
              value: `${figures.hitRatio} ×`,
              note: `that of a Worker that only redirects: ${figures.hitAddedMs} ms more`,
            },
            {
              label: "First byte, passed through",
              value: `${figures.streamMs} ms`,
              note: `where the origin itself takes ${figures.originMs} ms`,
            },
            {
              label: "100 MiB against nginx",
              value: `${Math.round(Number(figures.nginxShare) * 100)} %`,
              note: "of its speed, on the same machine",
            },
          ]}
        />
        <p class="muted">
          Measured on {figures.date}, on two cores of a virtual machine on which others were at work, against stand-ins
          for the platform: believe the ratios rather than the times. Not every bar that we set ourselves was met, and
          the repository's bench/RESULTS.md says which. What it saves you depends on how often the same file is asked
          for: the <a href="/calculator">calculator</a> asks you exactly that.
        </p>
      </section>
    </SiteLayout>,
  );
}
