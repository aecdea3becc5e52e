import type { Image } from "../../image/image";
import { writtenFiles } from "../../image/written-files";
import type { ImageSubject } from "../../project/subject";
import { editFix } from "../queries/fixes";
import { programSpan } from "../queries/program";
import { imageRule } from "../rule";

const file = "/usr/sbin/policy-rc.d";

/** Directories, images and services for testing configuration management. */
const managed = /(^|[^a-z])(ansible|molecule|kitchen|dokken)([^a-z]|$)/i;

export const imagePolicyRcD = imageRule({
  id: "image-policy-rc-d",
  title: "Let packages start their services in the running container",
  severity: "hint",
  why: `
    Docker Hub's Debian and Ubuntu images contain \`/usr/sbin/policy-rc.d\`, which exits with code 101, so that
    package scripts do not start services. This is right during the build. In the running container, however, a
    package that Ansible, Chef or Puppet installs does not start its service, although it would on a host.
  `,
  consequence: "Packages that are installed in the running container do not start their services.",
  symptoms: ["no-effect"],
  ignore:
    "If no package with a service is ever installed in the running container, you can disable this rule.",
  evidence: {
    sourced:
      "debuerreotype, which builds Docker Hub's images: scripts/debuerreotype-minimizing-config; invoke-rc.d(8)",
    why: "the problem appears only when a package is installed in the running container, and the containers in our tests have no network.",
  },
  sources: ["invoke-rc.d(8)"],
  messages: {
    found:
      "The base image's {file} prevents packages installed in the running container from starting their services. Remove it.",
  },
  fixes: {
    fix: "Remove {file}",
  },
  *check(subject, say) {
    const { image } = subject;
    if (image.base?.family !== "debian" && image.base?.family !== "ubuntu") return;
    if (image.base.bootsSystemd || !isManaged(subject) || handlesPolicy(subject)) return;
    yield {
      span: programSpan(subject),
      message: say("found", { file }),
      fixes: [editFix(image.edit.insert(`RUN rm -f ${file}`, "before-program"), say("fix", { file }), false)],
    };
  },
});

/** Whether the file, a directory above it, a container or the image is named after a configuration management tool. */
function isManaged({ uri, image, containers }: ImageSubject): boolean {
  const path = uri.split("/").slice(-3).join("/");
  return (
    managed.test(path) ||
    containers.some(({ source }) => managed.test(source.name) || managed.test(source.spec.image ?? "")) ||
    image.from.arguments.split(/\s/).some((word) => managed.test(word))
  );
}

function handlesPolicy(subject: ImageSubject): boolean {
  return names(subject.image) || writtenFiles(subject).some(({ path }) => path === file);
}

function names({ runs }: Image): boolean {
  return runs.some((run) => run.arguments.includes("policy-rc.d"));
}
