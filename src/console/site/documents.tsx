import type { Document, Heading } from "../built.ts";
import { page } from "../frame/answer.ts";
import type { Call } from "../frame/call.ts";
import { NoSuchPage } from "../frame/no-such-page.ts";
import { SiteLayout } from "../frame/site-layout.tsx";

/** `GET /docs`. */
export async function listDocuments(call: Call): Promise<Response> {
  return page(
    call,
    <SiteLayout call={call} title="Documentation" description="How Snapbyte works, and how to run it.">
      <h1>Documentation</h1>
      <ul class="doc-list">
        {call.parts.built.documents.map(({ name, title, summary }) => (
          <li key={name}>
            <h2>
              <a href={`/docs/${name}`}>{title}</a>
            </h2>
            <p class="lead">{summary}</p>
          </li>
        ))}
        <li>
          <h2>
            <a href="/reference">API reference</a>
          </h2>
          <p class="lead">Every call with its parameters, bodies and answers, made from the schemas that check them.</p>
        </li>
      </ul>
    </SiteLayout>,
  );
}

/** `GET /docs/:name`. */
export async function showDocument(call: Call): Promise<Response> {
  const document = call.parts.built.documents.find(({ name }) => name === call.params.name);
  if (!document) throw new NoSuchPage();
  return page(
    call,
    <SiteLayout call={call} title={document.title} description={document.summary}>
      <div class="with-contents">
        <Contents document={document} />
        <article class="prose" dangerouslySetInnerHTML={{ __html: document.html }} />
      </div>
    </SiteLayout>,
  );
}

function Contents({ document }: { document: Document }) {
  return (
    <nav class="contents" aria-label="On this page">
      <h2>On this page</h2>
      <ul>
        {document.headings.map((heading: Heading) => (
          <li key={heading.id} class={heading.level > 2 ? "deeper" : undefined}>
            <a href={`#${heading.id}`}>{heading.text}</a>
          </li>
        ))}
      </ul>
      <p>
        <a href="/docs">All documents</a>
      </p>
    </nav>
  );
}
