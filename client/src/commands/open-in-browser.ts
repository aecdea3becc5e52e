import { chooseContainer, connect } from "../flows/connect";
import type { Container, Dependencies, Published, PublishedPort } from "../ports";
import { plain, type Text } from "../text";
import { labels } from "../texts/labels";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";

/** Ports of servers that speak TLS from the first byte. */
const httpsPorts = [443, 4443, 5001, 8443, 9443, 10443];

/** Ports of servers that use other protocols: remote login, mail, DNS, files, directories, databases, queues. */
const otherPorts = [
  ...[20, 21, 22, 23, 25, 53, 88, 110, 111, 139, 143, 389, 445, 465, 514, 587, 636, 873, 993, 995, 2049],
  ...[1433, 1521, 1883, 2222, 3306, 3389, 5432, 5672, 5900, 6379, 9042, 9092, 11211, 27017],
];

/**
 * Opens a port that a container serves in the browser. Whether a port speaks HTTP is guessed from its number in the
 * container.
 */
export async function openInBrowser(deps: Dependencies, called?: string): Promise<void> {
  const { ui } = deps;
  const engine = await connect(deps);
  const container = await chooseContainer(deps, engine, called);
  if (!container) return;
  const published = await engine.published(container);
  const pages = published.ports.flatMap((port) => page(deps, port));
  if (pages.length === 0) ui.tell("info", whyNone(deps, container, published));
  const url = pages.length < 2 ? pages[0]?.value : await ui.pick(titles.selectPage(ui.t), pages);
  if (url !== undefined) await ui.browse(url);
}

function page({ ui }: Dependencies, { inside, host, port }: PublishedPort) {
  if (host === undefined || otherPorts.includes(inside)) return [];
  const scheme = httpsPorts.includes(inside) ? "https" : "http";
  const url = `${scheme}://${host}:${port}/`;
  return [{ label: plain(url), description: labels.containerPort(ui.t, inside), value: url }];
}

/** Explains why there is nothing to open and what to do about it. */
function whyNone({ ui }: Dependencies, { name }: Container, { ports, noNetwork }: Published): Text {
  if (noNetwork) return notices.noNetwork(ui.t, name);
  if (ports.length === 0) return notices.noPorts(ui.t, name);
  const far = ports.find(({ inside, host }) => host === undefined && !otherPorts.includes(inside));
  if (far) {
    return notices.portElsewhere(ui.t, far.inside, name, far.port);
  }
  const list = ports
    .map(({ inside, host, port }) => `${inside} → ${host ? `${host}:` : ""}${port}`)
    .join(", ");
  return notices.noHttpPort(ui.t, name, list);
}
