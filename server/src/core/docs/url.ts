/** Where the pages of the rules are published. */
const site = "https://github.com/systemd-containers/systemd-containers/blob/main/docs/rules";

/** The address of a rule's page, for `codeDescription` and reports. */
export function rulePage(id: string): string {
  return `${site}/${id}.md`;
}
