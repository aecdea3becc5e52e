import type { FormatName } from "../../../server/src/protocol";
import type { Dependencies, Ui } from "../ports";
import { plain, type Text } from "../text";
import { labels } from "../texts/labels";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";

/** A format, and the VS Code language for it. */
interface Picked {
  readonly format: FormatName;
  readonly language: string;
}

/** Opens a new document that defines the container at the cursor in another format, which the user picks. */
export async function convertToFormat({ ui, server }: Dependencies, called?: string): Promise<void> {
  const cursor = ui.cursor();
  const uri = called ?? cursor?.uri;
  if (uri === undefined) return ui.tell("warning", notices.noContainer(ui.t));
  const picked = await ui.pick(titles.selectFormat(ui.t), formats(ui, uri));
  if (!picked) return;
  const { line = 0, character = 0 } = cursor?.uri === uri ? cursor : {};
  const asked = { uri, to: "format", format: picked.format, position: { line, character } } as const;
  const { refused, text = "" } = await server.convert(asked);
  if (refused !== undefined) return ui.tell("warning", plain(refused));
  await ui.newText(picked.language, text);
}

/** All formats except that of the file. */
function formats(ui: Ui, uri: string) {
  const choice = (name: string, description: Text, format: FormatName, language: string) => ({
    label: plain(name),
    description,
    value: { format, language } satisfies Picked,
  });
  return [
    choice("docker run", labels.forDocker(ui.t), "docker", "shellscript"),
    choice("podman run", labels.forPodman(ui.t), "podman", "shellscript"),
    choice("compose.yaml", labels.forCompose(ui.t), "compose", "yaml"),
    choice("Quadlet", labels.forQuadlet(ui.t), "quadlet", "ini"),
    choice("devcontainer.json", labels.forDevcontainer(ui.t), "devcontainer", "jsonc"),
    choice("molecule.yml", labels.forMolecule(ui.t), "molecule", "yaml"),
    choice("Kubernetes", labels.forKubernetes(ui.t), "kubernetes", "yaml"),
  ].filter(({ value }) => value.format !== ui.kind(uri));
}
