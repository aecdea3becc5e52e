import { entryScript } from "../../image/entry-script";
import { writtenFiles } from "../../image/written-files";
import type { ImageSubject } from "../../project/subject";
import { programOf } from "../queries/build-steps";
import { editFix } from "../queries/fixes";
import { bringsInitPath, installsSystemd } from "../queries/systemd-packages";
import { imageRule } from "../rule";

/** Programs that speak to systemd's helpers over D-Bus. */
const clients = /\b(loginctl|hostnamectl|timedatectl|localectl|pkexec|machinectl)\b/;
/** Services that are there for D-Bus clients only. */
const services = /^systemd-(logind|hostnamed|timedated|localed|machined)\.service$|^polkit\.service$/;

export const imageDbusMissing = imageRule({
  id: "image-dbus-missing",
  title: "Install D-Bus for what speaks over it",
  severity: "information",
  why: `
    systemd boots without D-Bus, and root's \`systemctl\` reaches it over a socket of its own. logind,
    \`hostnamectl\`, \`timedatectl\` and polkit have only D-Bus. On Debian and Ubuntu the daemon is a package
    that systemd merely recommends, so \`--no-install-recommends\` leaves it out.
  `,
  consequence: '"Failed to connect to bus: No such file or directory"; sessions are not registered.',
  symptoms: ["hindered"],
  ignore:
    "What speaks over D-Bus is only used on other hosts, or in another image that is built on this one and brings the daemon.",
  evidence: {
    sourced: "package dependencies of systemd in Debian and Ubuntu; loginctl(1), hostnamectl(1)",
    why: "Every image of the lab holds dbus, as the systems that it stands for do.",
  },
  messages: {
    found: "{user} speaks over D-Bus, and nothing here installs its daemon. Install dbus.",
  },
  fixes: {
    fix: "Install dbus",
  },
  *check(subject, say) {
    const { image } = subject;
    const { base, packages, withoutRecommends } = image;
    if ((base?.family !== "debian" && base?.family !== "ubuntu") || base.hasSystemd !== "no") return;
    if (!withoutRecommends || [...packages.keys()].some(bringsDbus)) return;
    const install = image.commands.find((command) => installsSystemd(command));
    const placed = install && installsSystemd(install);
    const user = placed && busUser(subject);
    if (!placed || !user) return;
    const { end } = placed.span;
    const written = image.text.slice(placed.span.start, end) === placed.name;
    yield {
      span: placed.span,
      message: say("found", { user }),
      fixes: [
        written ? editFix(image.edit.replace({ start: end, end }, " dbus"), say("fix"), false) : undefined,
      ],
    };
  },
});

/** What in the image speaks over D-Bus: a unit, a copied unit or script, a command. */
function busUser(subject: ImageSubject): string | undefined {
  const { image } = subject;
  const unit = image.units.find(({ verb, unit }) => verb === "enable" && services.test(unit));
  if (unit) return unit.unit;
  const texts = [...writtenFiles(subject).map(({ text }) => text), startScript(subject)];
  for (const text of texts) {
    const client = clients.exec(text ?? "")?.[1];
    if (client) return client;
  }
  const command = image.commands.find((one) => clients.test(programOf(one)));
  return command && programOf(command);
}

/** Debian's and Ubuntu's packages that bring the D-Bus daemon with them. */
function bringsDbus(name: string): boolean {
  return (
    /^(dbus|dbus-broker|dbus-x11|default-dbus-system-bus)$/.test(name) ||
    (bringsInitPath(name) && !/^(systemd-sysv|init|systemd-cron)$/.test(name))
  );
}

/** The text of the script that the image starts with; undefined when it cannot be read. */
function startScript({ image, boot, readFile }: ImageSubject): string | undefined {
  const [first] = boot.argv;
  const path = image.entrypoint?.words[0]?.value ?? first;
  const script = path === undefined ? undefined : entryScript(image, path, readFile);
  return script && script !== "missing" ? script.text : undefined;
}
