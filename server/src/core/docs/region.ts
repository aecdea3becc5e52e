/**
 * A Markdown document with the content between `<!-- name -->` and `<!-- /name -->` replaced. Throws if the markers
 * are missing.
 */
export function withRegion(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close, start);
  if (start === -1 || end === -1) throw new Error(`There is no region ${name}.`);
  return text.slice(0, start + open.length) + content + text.slice(end);
}
