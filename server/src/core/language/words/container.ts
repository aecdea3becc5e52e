import { message } from "../../base/message";
import { noCost, type Word } from "./word";

const measured = "Docker 28.5, systemd 247, 252, 262";
const named = "systemd, docs/CONTAINER_INTERFACE.md";
const rule = "image-container-env";

const detected = message(
  "word.container.fact",
  "systemd reads the `container` environment variable to detect that it runs in a container. It then leaves the clock, kernel modules and mounts unchanged.",
);

/** The variable `container` itself. */
export const containerVariable: Word = {
  word: "container",
  fact: detected,
  cost: message(
    "word.container.cost",
    "In Docker, systemd before 248 stops cleanly only if the variable is set. An empty value disables container detection.",
  ),
  source: { named, measured, rule },
  offered: true,
};

/** Values of the variable `container` that systemd has a name for. */
export const containerValues: readonly Word[] = [
  { word: "docker", fact: detected, cost: noCost, source: { named, measured, rule }, offered: true },
  ...["podman", "oci"].map((word) => ({
    word,
    fact: detected,
    cost: noCost,
    source: { named: "systemd, src/basic/virt.c", rule: "image-container-env-value" },
    offered: true,
  })),
  ...["lxc", "systemd-nspawn"].map((word) => ({
    word,
    fact: detected,
    cost: noCost,
    source: { named: "systemd, src/basic/virt.c", rule: "image-container-env-value" },
  })),
];
