import { Copyable } from "./copyable.tsx";

/** Something that is shown this once, and kept by us only as what proves it. */
export function Secret({ title, secret }: { readonly title: string; readonly secret: string }) {
  return (
    <div class="notice notice-good secret" role="status">
      <p>
        <strong>{title}</strong>: copy it now. It is not shown again, on no page and to nobody.
      </p>
      <Copyable text={secret} label={title} />
    </div>
  );
}
