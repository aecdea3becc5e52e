import { entryScript } from "../../image/entry-script";
import { commandsThat, programOf } from "../../image/programs";
import { writtenFiles } from "../../image/written-files";
import type { ImageSubject } from "../../project/subject";
import { editFix } from "../queries/fixes";
import { bringsInitPath, installsSystemd, systemdInstalls } from "../queries/systemd-packages";
import { imageRule } from "../rule";

/** Programs that use systemd's services over D-Bus. */
const clients = /\b(loginctl|hostnamectl|timedatectl|localectl|pkexec|machinectl)\b/;
/** Services that are used only by D-Bus clients. */
const services = /^systemd-(logind|hostnamed|timedated|localed|machined)\.service$|^polkit\.service$/;

export const imageDbusMissing = imageRule({
  id: "image-dbus-missing",
  title: "Install D-Bus for services that need it",
  severity: "information",
  why: `
    systemd boots without D-Bus, and root's \`systemctl\` reaches systemd over a private socket. logind,
    \`hostnamectl\`, \`timedatectl\` and polkit need D-Bus. On Debian and Ubuntu the systemd package only recommends the
    D-Bus daemon, so \`--no-install-recommends\` leaves it out.
  `,
  consequence:
    'D-Bus clients fail ("Failed to connect to bus: No such file or directory"), and sessions are not registered.',
  symptoms: ["hindered"],
  ignore:
    "If the D-Bus clients run only on other hosts, or in a child image that installs the daemon, you can disable this rule.",
  evidence: {
    sourced: "package dependencies of systemd in Debian and Ubuntu; loginctl(1), hostnamectl(1)",
    why: "every image in our tests contains dbus, as real systems do, so the tests do not show the failure.",
  },
  messages: {
    found: "{user} needs D-Bus, which is not installed. Install dbus.",
  },
  fixes: {
    fix: "Add dbus to the installed packages",
  },
  *check(subject, say) {
    const { image } = subject;
    const { base, packages, withoutRecommends } = image;
    if ((base?.family !== "debian" && base?.family !== "ubuntu") || base.hasSystemd !== "no") return;
    if (!withoutRecommends || [...packages.keys()].some(installsDbus)) return;
    const [install] = systemdInstalls(image);
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

/** What uses D-Bus in the image: a unit, a program in a copied unit or script, or a command. */
function busUser(subject: ImageSubject): string | undefined {
  const { image } = subject;
  const unit = image.units.find(({ verb, unit }) => verb === "enable" && services.test(unit));
  if (unit) return unit.unit;
  const texts = [...writtenFiles(subject).map(({ text }) => text), startScript(subject)];
  for (const text of texts) {
    const client = clients.exec(text ?? "")?.[1];
    if (client) return client;
  }
  const [command] = callsOfClients(image);
  return command && programOf(command);
}

const callsOfClients = commandsThat((command) => clients.test(programOf(command)));

/** Whether a package of Debian or Ubuntu installs the D-Bus daemon. */
function installsDbus(name: string): boolean {
  return (
    /^(dbus|dbus-broker|dbus-x11|default-dbus-system-bus)$/.test(name) ||
    (bringsInitPath(name) && !/^(systemd-sysv|init|systemd-cron)$/.test(name))
  );
}

/** The content of the image's entry script; undefined if it cannot be read. */
function startScript({ image, boot, readFile }: ImageSubject): string | undefined {
  const [first] = boot.argv;
  const path = image.entrypoint?.words[0]?.value ?? first;
  const script = path === undefined ? undefined : entryScript(image, path, readFile);
  return script && script !== "missing" ? script.text : undefined;
}
