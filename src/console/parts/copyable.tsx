type Props = { readonly text: string; readonly label: string; readonly lines?: boolean };

/** Something to be carried elsewhere. The script adds a button that copies; without it the text is there to be selected. */
export function Copyable({ text, label, lines = false }: Props) {
  return (
    <div class={lines ? "copyable copyable-lines" : "copyable"} data-copy={text} data-copy-label={label}>
      <code>{text}</code>
    </div>
  );
}
